import Analysis
import Foundation
import Hosting
import Tensors
import Testing
import VisionData

/// t-SNE and UMAP agree with scikit-learn and umap-learn, step by step and in quality.
@Suite struct EmbeddingMapTests {
    let fixture: ExplanationFixture.Embeddings
    /// 120 rows around five centres, by the script's formula.
    let rows: [[Double]]

    init() throws {
        fixture = try ExplanationFixture.load().embeddings
        let noise = ExplanationFixture.numbers(720, 3, 1)
        let centers = ExplanationFixture.numbers(30, 9, 4)
        rows = (0..<120).map { row -> [Double] in
            let center = centers[row % 5 * 6..<row % 5 * 6 + 6]
            return zip(noise[row * 6..<row * 6 + 6], center).map { $0 + $1 }
        }
    }

    private var features: Tensor {
        get throws { try Tensor(rows.flatMap { $0.map { Float($0) } }, shape: [120, 6]) }
    }

    private func nearest(_ count: Int) -> [[(row: Int, squared: Double)]] {
        rows.indices.map { row in
            let list = rows.indices.filter { $0 != row }.map { other -> (Int, Double) in
                let squares = zip(rows[row], rows[other]).map { ($0 - $1) * ($0 - $1) }
                return (other, squares.reduce(0, +))
            }
            return list.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(count).map { ($0.0, $0.1) }
        }
    }

    @Test func nearnessAndGradientAreScikitLearns() throws {
        let near = JointProbabilities(nearest(119), perplexity: 15)
        var joint = [Double](repeating: 0, count: 480)
        for row in 0..<4 {
            for (other, value) in near.rows[row] { joint[row * 120 + other] = value }
        }
        #expect(difference(joint, fixture.joint) < 1e-4)
        #expect(abs(near.rows.joined().reduce(0) { $0 + $1.value } - 1) < 1e-9)
        let points = ExplanationFixture.numbers(240, 5, 2)
        let exact = TSNELayout(near: near, points: points, angle: 0).gradient(exaggeration: 1)
        #expect(difference(exact.slopes, fixture.gradient) < 1e-4)
        #expect(abs(exact.divergence - fixture.divergence) < 1e-4)
        // Groups that count as one point change little.
        let quick = TSNELayout(near: near, points: points, angle: 0.5).gradient(exaggeration: 1)
        #expect(difference(quick.slopes, fixture.gradient) < 0.05)
        #expect(quick.slopes != exact.slopes)
    }

    @Test func tsneIsAsGoodAsScikitLearns() throws {
        let names = rows.indices.map { "\($0 % 5)" }
        let map = try tsne(features, labels: names, perplexity: 15, iterations: 600)
        let trust = try map.trustworthiness(of: features, neighbors: 8)
        #expect(trust > fixture.tsneTrust - 0.02, "\(trust) against \(fixture.tsneTrust)")
        let divergence = try #require(map["divergence"])
        #expect(divergence < fixture.tsneDivergence * 1.2, "against \(fixture.tsneDivergence)")
        let again = try tsne(features, perplexity: 15, iterations: 600)
        #expect(try map.points.scalars(as: Float.self) == again.points.scalars(as: Float.self))
        #expect(map.plot().series.map(\.name) == ["0", "1", "2", "3", "4"])
    }

    @Test func theGraphAndTheCurveAreUMAPLearns() throws {
        let graph = NeighborGraph(nearest(9))
        var found = [Double](repeating: 0, count: 480)
        for row in 0..<4 {
            for (other, value) in graph.rows[row] { found[row * 120 + other] = value }
        }
        #expect(difference(found, fixture.graph) < 1e-3)
        let sum = graph.rows.reduce(0) { $0 + $1.values.reduce(0, +) }
        #expect(abs(sum - fixture.graphSum) < 0.01 * fixture.graphSum)
        for expected in fixture.ab {
            let curve = DistanceCurve(minDistance: expected[0])
            #expect(abs(curve.a - expected[1]) < 1e-3 && abs(curve.b - expected[2]) < 1e-3)
        }
    }

    @Test func umapIsAsGoodAsUMAPLearn() throws {
        let map = try umap(features, neighbors: 10, epochs: 300)
        let trust = try map.trustworthiness(of: features, neighbors: 8)
        #expect(trust > fixture.umapTrust - 0.02, "\(trust) against \(fixture.umapTrust)")
        let again = try umap(features, neighbors: 10, epochs: 300)
        #expect(try map.points.scalars(as: Float.self) == again.points.scalars(as: Float.self))
    }

    @Test func trustworthinessIsScikitLearns() throws {
        let points = ExplanationFixture.numbers(240, 5, 2).map { Float($0) }
        let map = try EmbeddingMap(Tensor(points, shape: [120, 2]))
        #expect(
            try abs(map.trustworthiness(of: features, neighbors: 8) - fixture.layoutTrust) < 1e-6)
    }

    @Test func rowsThatAreTheSameAndArgumentsOutOfRangeAreNoAccident() throws {
        let same = try Tensor.ones([12, 3])
        #expect(try tsne(same, perplexity: 3, iterations: 20).points.shape == [12, 2])
        #expect(try umap(same, neighbors: 4, epochs: 20).points.shape == [12, 2])
        func text(_ body: () throws -> Void) -> String {
            do {
                try body()
                return "no error"
            } catch { return "\(error)" }
        }
        #expect(text { _ = try tsne(same) }.hasPrefix("tsne: 'perplexity' does not fit the rows"))
        #expect(text { _ = try umap(same) }.hasPrefix("umap: 'neighbors' or 'minDistance'"))
        #expect(
            text { _ = try umap(same, labels: ["a"], neighbors: 4) }
                == "umap: there is not one label for each row, expected 12, got 1")
        #expect(
            text { _ = try tsne(Tensor.full([12, 3], .nan), perplexity: 3) }
                == "tsne: features are not all finite numbers, expected finite numbers, got NaN or "
                + "infinity")
    }

    @Test func aLayoutCanBeInterrupted() throws {
        let cancellation = Cancellation()
        cancellation.request()
        let host = Host(output: Host.current.output, cancellation: cancellation)
        #expect(throws: Interrupted.self) {
            try Host.$current.withValue(host) { _ = try tsne(features, perplexity: 15) }
        }
    }
}
