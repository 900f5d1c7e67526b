import Analysis
import NeuralNetworks
import Testing
import VisionModels

@Suite struct CostTests {
    /// fvcore 0.1.5 with torchvision's ResNet-50 at 224: 4,111,512,576, of which batch_norm is
    /// 22,227,968 and adaptive_avg_pool2d 100,352.
    @Test func theDifferenceBetweenConventionsIsItemised() throws {
        let summary = try ResNet50().summary()
        let costs = summary.costs(convention: .fvcore)
        #expect(costs.multiplyAccumulates == 4_111_512_576)
        #expect(costs.difference == 22_227_968 + 100_352)
        let norms = try #require(costs.items.first { $0.kind == "BatchNorm2d" })
        #expect(norms.layers == 53 && norms.difference == 22_227_968)
        let convolutions = try #require(costs.items.first { $0.kind == "Conv2d" })
        #expect(convolutions.difference == 0)
        #expect(costs.items.reduce(0) { $0 + $1.multiplyAccumulates } == costs.multiplyAccumulates)
        #expect(costs.items.reduce(0) { $0 + $1.difference } == costs.difference)
        #expect(summary.costs().multiplyAccumulates == summary.multiplyAccumulates)
        #expect(summary.costs().difference == -costs.difference)
    }
}
