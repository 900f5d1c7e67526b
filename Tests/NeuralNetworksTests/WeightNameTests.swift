import Foundation
import Hosting
import NeuralNetworks
import Tensors
import Testing

/// The names and shapes that libraries give to weights; see Fixtures/weight_names.py.
private let names: [String: [String: [Int]]] = {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/weight_names.npz").path
    guard let arrays = try? loadTensors(path) else { return [:] }
    return arrays.compactMapValues { array in
        guard let bytes = try? array.scalars(as: UInt8.self) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        return Dictionary(
            uniqueKeysWithValues: lines.map { line in
                let parts = line.split(separator: " ", omittingEmptySubsequences: false)
                return (String(parts[0]), parts[1].split(separator: ",").compactMap { Int($0) })
            })
    }
}()

/// A model that has nothing but weights of given names.
private struct Weights: Layer {
    let entries: [(name: String, parameter: Parameter)]

    init(_ shapes: [String: [Int]]) throws {
        entries = try shapes.sorted { $0.key < $1.key }
            .map { ($0.key, try Parameter($0.value, .constant(0))) }
    }

    var ownParameters: [(name: String, parameter: Parameter)] { entries }
    func forward(_ x: Tensor) -> Tensor { x }
}

/// Tensors with shapes and no elements, which is all that finding their names takes; those that are
/// joined need some.
private func tensors(_ shapes: [String: [Int]]) throws -> [String: Tensor] {
    try shapes.mapValues {
        $0.count <= 2 ? try Tensor.zeros($0) : .symbolic(TensorSpec($0, .float32))
    }
}

@Suite struct WeightNameTests {
    static let pairs = names.keys.sorted().filter { !$0.hasSuffix(".torchvision") }

    @Test func theFixtureHasEveryNetwork() { #expect(Self.pairs.count == 19) }

    @Test(arguments: pairs) func namesOfLibrariesAreTheModels(_ pair: String) throws {
        let network = String(pair.split(separator: ".")[0])
        // DeiT has timm's own names.
        let own = try #require(names["\(network).torchvision"] ?? names["\(network).timm"])
        let model = try Weights(own.filter { !$0.key.hasSuffix("relative_position_index") })
        let report = try model.fit(of: tensors(#require(names[pair])))
        #expect(report.isComplete, "\(pair) by \(report.convention ?? "own names"): \(report)")
    }

    @Test func aFileOfAnotherNetworkDoesNotFit() throws {
        let model = try Weights(#require(names["resnet18.torchvision"]))
        let report = try model.fit(of: tensors(#require(names["resnet50.hub"])))
        #expect(!report.isComplete)
        #expect(report.mismatched.count + report.missing.count + report.unexpected.count > 20)
    }

    @Test func queryKeyAndValueAreJoinedInTheirOrder() throws {
        let model = try Weights([
            "class_token": [1, 1, 2],
            "encoder.layers.encoder_layer_0.self_attention.in_proj_bias": [6],
        ])
        func bias(_ a: Float) throws -> Tensor { try Tensor([a, a + 1], shape: [2]) }
        let report = try model.load([
            "vit.embeddings.cls_token": Tensor.ones([1, 1, 2]),
            "vit.encoder.layer.0.attention.attention.value.bias": bias(5),
            "vit.encoder.layer.0.attention.attention.query.bias": bias(1),
            "vit.encoder.layer.0.attention.attention.key.bias": bias(3),
        ])
        #expect(report.convention == "Hugging Face ViT")
        #expect(
            try model.entries[1].parameter.value.scalars(as: Float.self) == [1, 2, 3, 4, 5, 6])
    }

    @Test func partsThatLackOneAreUnknown() throws {
        let model = try Weights([
            "class_token": [1, 1, 2],
            "encoder.layers.encoder_layer_0.self_attention.in_proj_bias": [6],
        ])
        let error = #expect(throws: WeightsError.self) {
            try model.load([
                "vit.embeddings.cls_token": Tensor.ones([1, 1, 2]),
                "vit.encoder.layer.0.attention.attention.query.bias": Tensor.ones([2]),
            ])
        }
        #expect(
            error?.report.missing
                == ["encoder.layers.encoder_layer_0.self_attention.in_proj_bias"])
    }

    @Test func namesBehindAWrapperAreTheModels() throws {
        let model = try Weights(["conv1.weight": [2, 1, 3, 3], "fc.bias": [2]])
        let report = try model.load([
            "module.conv1.weight": Tensor.ones([2, 1, 3, 3]), "module.fc.bias": Tensor.ones([2]),
        ])
        #expect(report.isComplete)
        #expect(try model.entries[1].parameter.value.scalars(as: Float.self) == [1, 1])
    }
}

@Suite struct WeightAdaptationTests {
    /// torchvision's interpolate_embeddings(16, 4, {"encoder.pos_embedding": x}) from a grid of 3 to
    /// one of 4, x of one class token and 9 places, 1 wide, in torchvision 0.29.2.
    @Test func positionsAreResampledAsTorchvisionDoes() throws {
        let model = try Weights(["encoder.pos_embedding": [1, 17, 1]])
        let values: [Float] = [9, 1, 4, 2, 8, 5, 7, 3, 6, 0]
        let report = try model.load(
            ["encoder.pos_embedding": Tensor(values, shape: [1, 10, 1])], adapting: true)
        #expect(report.adapted.count == 1)
        let expected: [Float] = [
            9, 1, 3.27778, 3.7037, 2, 6.35185, 4.95268, 4.88957, 6.2037,
            7.2037, 5.99383, 5.20507, 5.35185, 3, 5.72222, 4.44444, 0,
        ]
        let got = try model.entries[0].parameter.value.scalars(as: Float.self)
        for (place, (x, y)) in zip(got, expected).enumerated() {
            #expect(abs(x - y) < 1e-5, "at \(place): expected \(y), got \(x)")
        }
        #expect(got.count == expected.count)
    }

    @Test func oneChannelIsTheSumAndMoreAreRepeated() throws {
        let kernel = try Tensor([1, 2, 3] as [Float], shape: [1, 3, 1, 1])
        let grey = try Weights(["conv1.weight": [1, 1, 1, 1]])
        try grey.load(["conv1.weight": kernel], adapting: true)
        #expect(try grey.entries[0].parameter.value.scalars(as: Float.self) == [6])
        let wide = try Weights(["conv1.weight": [1, 4, 1, 1]])
        try wide.load(["conv1.weight": kernel], adapting: true)
        #expect(
            try wide.entries[0].parameter.value.scalars(as: Float.self) == [
                0.75, 1.5, 2.25, 0.75,
            ])
    }

    @Test func aHeadForOtherClassesStaysAndIsNamed() throws {
        let model = try Weights(["fc.bias": [2], "fc.weight": [2, 3], "w": [3]])
        let report = try model.load(
            [
                "fc.bias": Tensor.ones([5]), "fc.weight": Tensor.ones([5, 3]),
                "w": Tensor.ones([3]),
            ],
            adapting: true)
        #expect(report.isComplete)
        #expect(report.adapted[1] == "fc.weight: 2 classes, untrained, in place of 5")
        #expect(try model.entries.map { try $0.parameter.value.sum().item() } == [0, 0, 3])
        // Unless it is asked for, it is an error as any other shape is.
        #expect(throws: WeightsError.self) { try model.load(["fc.bias": Tensor.ones([5])]) }
    }
}
