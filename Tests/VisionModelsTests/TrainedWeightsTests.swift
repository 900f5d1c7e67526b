import Foundation
import Hosting
import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData
import VisionModels

/// One network with the least accuracy that its recipe is to reach on the test images.
struct Recipe: Sendable, CustomTestStringConvertible {
    let name: String
    let least: Double
    let make: @Sendable () throws -> Network
    var testDescription: String { name }
}

private let recipes = [
    Recipe(name: "lenet", least: 0.90) { try LeNet() },
    Recipe(name: "resnet20", least: 0.93) { try ResNet20(inputChannels: 1) },
    Recipe(name: "vit_mini", least: 0.90) { try ViTMini(inputChannels: 1, imageSize: 28) },
]

/// The weights that `make weights` trained and the repository holds, and what their cards say.
@Suite struct TrainedWeightsTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Notebooks/weights")

    /// The number in the row of a card's table that begins with a text.
    private func figure(_ row: String, in card: String) throws -> Double {
        let line = try #require(card.split(separator: "\n").first { $0.hasPrefix("| \(row)") })
        let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        return try #require(Double(cells[1]))
    }

    @Test(arguments: recipes) func weightsGiveWhatTheirCardSays(_ recipe: Recipe) throws {
        let card = try String(
            contentsOf: Self.folder.appending(path: "\(recipe.name).md"), encoding: .utf8)
        #expect(try figure("accuracy on the 10000 test images", in: card) >= recipe.least)
        let model = try recipe.make()
        try model.load(Self.folder.appending(path: "\(recipe.name).safetensors").path)
        #expect(model.info?.inputShape == [1, 28, 28] && model.info?.classes.count == 10)
        let data = try FashionMNIST()
        let evaluation = try Host.$current.withValue(Host(output: Quiet())) {
            try evaluate(model, on: data.test.prefix(1000))
        }
        // The card has four digits; other processors round a sum otherwise, and an image at the
        // border of two classes may fall to the other side.
        let stated = try figure("on the first 1000 of them", in: card)
        #expect(abs(evaluation.accuracy - stated) < 0.0025)
    }

    @Test func togetherTheyTakeAtMostFourMegabytes() throws {
        let sizes = try recipes.map { recipe in
            let path = Self.folder.appending(path: "\(recipe.name).safetensors").path
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            return try #require(size)
        }
        #expect(sizes.reduce(0, +) <= 4_000_000)
    }
}

private final class Quiet: OutputSink {
    func emit(_ event: OutputEvent) {}
    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }
}
