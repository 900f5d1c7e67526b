import Analysis
import NeuralNetworks
import Testing
import VisionModels

/// Both ways of counting, against what fvcore says: `Fixtures/fvcore_costs.py`.
@Suite struct CostTests {
    @Test func theDifferenceBetweenConventionsIsItemised() throws {
        let summary = try ResNet50().summary()
        let costs = summary.costs(convention: .fvcore)
        #expect(costs.multiplyAccumulates == 4_111_512_576)
        #expect(costs.difference == 22_227_968 + 100_352)
        let kinds = Dictionary(uniqueKeysWithValues: costs.items.map { ($0.kind, $0) })
        #expect(kinds["Conv2d"]?.multiplyAccumulates == 4_087_136_256)
        #expect(kinds["Conv2d"]?.difference == 0)
        #expect(kinds["Linear"]?.multiplyAccumulates == 2_048_000)
        #expect(kinds["BatchNorm2d"]?.difference == 22_227_968)
        #expect(kinds["BatchNorm2d"]?.layers == 53)
        #expect(costs.items.reduce(0) { $0 + $1.multiplyAccumulates } == costs.multiplyAccumulates)
        #expect(costs.items.reduce(0) { $0 + $1.difference } == costs.difference)
        #expect(summary.costs().multiplyAccumulates == summary.multiplyAccumulates)
        #expect(summary.costs().difference == -costs.difference)
    }

    @Test func otherNetworksCostWhatFvcoreCounts() throws {
        for (network, count) in [
            (try ConvNeXtTiny(), 4_470_437_376), (try GoogLeNet(), 1_504_878_688),
        ] {
            let costs = try network.summary().costs(convention: .fvcore)
            #expect(costs.multiplyAccumulates == count, "\(network.kind)")
        }
    }
}
