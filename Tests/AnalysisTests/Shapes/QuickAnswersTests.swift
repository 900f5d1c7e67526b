import Analysis
import NeuralNetworks
import Tensors
import Testing
import VisionModels

/// Questions about big networks are answered without their weights.
@Suite(.serialized) struct QuickAnswersTests {
    /// Runs `body`, which makes its models itself, and checks that it holds no weights; the quickest
    /// of several runs is far below what reading or drawing weights would take.
    private func check(_ question: String, _ body: () throws -> Void) throws {
        let before = Memory.used
        let clock = ContinuousClock()
        let times = try (0..<4).map { _ in try clock.measure(body) }
        #expect(Memory.used <= before, "\(question) holds tensors")
        let quickest = try #require(times.min())
        #expect(quickest < .milliseconds(250), "\(question) took \(quickest)")
    }

    @Test func summariesShapesAndDifferencesOfBigNetworks() throws {
        try check("summary of ResNet-152") { _ = try ResNet152().summary(input: [3, 224, 224]) }
        try check("summary of ViT-L/16") { _ = try ViT_L16().summary(input: [3, 224, 224]) }
        try check("shapes of ResNet-152") { _ = try shapes(ResNet152(), input: [3, h, w]) }
        try check("shapes of ViT-L/16") { _ = try shapes(ViT_L16(), input: [3, h, w]) }
        try check("difference") { _ = try diff(ResNet152(), ViT_L16()) }
        try check("solutions") {
            _ = try solve(
                Conv2d(3, 64, kernel: .any, stride: .any, padding: .any), from: [3, 224, 224],
                to: [64, 112, 112])
        }
    }
}
