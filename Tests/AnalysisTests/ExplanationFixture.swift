import Foundation
import NeuralNetworks
import Tensors

/// What captum, scikit-learn and umap-learn compute, from Fixtures/explanations.py.
struct ExplanationFixture: Decodable {
    struct Explanations: Decodable {
        let target: Int
        let scores, saliency, smoothGrad, guided, integrated, occlusion, gradCAM, gradCAMFirst,
            scoreCAM, fgsm: [Double]
    }
    struct Attention: Decodable {
        let scores, rollout: [Double]
        let weights: [[Double]]
    }
    struct Embeddings: Decodable {
        let joint, gradient, graph: [Double]
        let divergence, tsneDivergence, tsneTrust, graphSum, umapTrust, layoutTrust: Double
        let ab: [[Double]]
    }
    let explanations: Explanations
    let attention: Attention
    let embeddings: Embeddings

    static func load() throws -> ExplanationFixture {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/explanations.json")
        return try JSONDecoder().decode(ExplanationFixture.self, from: Data(contentsOf: path))
    }

    /// The numbers of the script's formula.
    static func numbers(_ count: Int, _ phase: Int, _ scale: Double) -> [Double] {
        (0..<count).map {
            let i = Double($0)
            return scale * sin(0.7 * i + 1.3 * Double(phase) + 0.011 * i * i)
        }
    }

    static func tensor(_ shape: [Int], _ phase: Int, _ scale: Double) throws -> Tensor {
        try Tensor(numbers(shape.reduce(1, *), phase, scale).map { Float($0) }, shape: shape)
    }

    /// The script's input.
    static func input() throws -> Tensor { try tensor([1, 3, 12, 12], 20, 1) }

    /// Gives a model the script's weights.
    static func filled<Model: Layer>(_ model: Model) throws -> Model {
        for (index, weight) in model.namedWeights.enumerated() {
            let shape = weight.parameter.shape
            let scale = 1.5 / Double(shape.dropFirst().reduce(1, *)).squareRoot()
            try weight.parameter.setValue(tensor(shape, index, scale))
        }
        return model
    }

    /// The script's network of convolutions.
    static func convolutional() throws -> Sequential {
        try filled(
            Sequential {
                Conv2d(3, 6, kernel: 3, padding: 1)
                ReLU()
                MaxPool2d(2)
                Conv2d(6, 8, kernel: 3, padding: 1)
                ReLU()
                Flatten()
                Linear(8 * 36, 5)
            })
    }

    /// The script's network of tokens.
    static func tokens() throws -> TokenNetwork { try filled(TokenNetwork()) }
}

struct TokenBlock: Layer {
    let norm = LayerNorm(12)
    let attention = MultiHeadAttention(embedding: 12, heads: 3)

    func forward(_ x: Tensor) throws -> Tensor {
        try Tensor.adding(x, attention.call(norm.call(x, as: "norm"), as: "attention"))
    }
}

struct TokenNetwork: Layer {
    let token: Parameter
    let proj = Conv2d(3, 12, kernel: 4, stride: 4)
    let blocks = [TokenBlock(), TokenBlock()]
    let head = Linear(12, 5)

    init() throws { token = try Parameter([1, 1, 12], .constant(0)) }

    func forward(_ x: Tensor) throws -> Tensor {
        var x = try proj.call(x, as: "proj").flattened(startAxis: 2).transposed(0, 2, 1)
        let first = try token.value(for: x).broadcast(to: [x.shape[0], 1, 12])
        x = try concatenated([first, x], axis: 1)
        for (index, block) in blocks.enumerated() { x = try block.call(x, as: "blocks.\(index)") }
        return try head.call(x.indexed(by: [0..., 0]), as: "head")
    }
}

/// How far numbers lie from those expected, as a share of the greatest of these.
func difference(_ found: Tensor, _ expected: [Double]) throws -> Double {
    try difference(found.scalars(as: Double.self), expected)
}

func difference(_ found: [Double], _ expected: [Double]) -> Double {
    guard found.count == expected.count, !found.isEmpty else { return .infinity }
    let greatest = expected.map(abs).max() ?? 0
    let worst = zip(found, expected).map { abs($0 - $1) }.max() ?? 0
    return worst.isNaN || greatest == 0 ? .infinity : worst / greatest
}
