import Foundation
import NeuralNetworks
import Tensors
import Testing

/// Every layer against PyTorch's output and gradients in training and evaluation mode, with
/// PyTorch's parameter names, from Fixtures/pytorch_layers.py.
@Suite struct PyTorchLayerTests {
    private let tensors: [String: Tensor]
    private let cases: [String]

    init() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(
                "Fixtures/pytorch_layers.safetensors"
            ).path
        let fixture = try Safetensors(contentsOf: path)
        tensors = fixture.tensors
        cases = try JSONDecoder().decode(
            [String].self, from: Data((fixture.metadata["cases"] ?? "[]").utf8))
    }

    @Test func everyLayerHasACaseAndEveryCaseALayer() {
        let layers = pyTorchLayers()
        #expect(Set(layers.keys).subtracting(cases).sorted() == [], "layers without a case")
        #expect(Set(cases).subtracting(layers.keys).sorted() == [], "cases without a layer")
        #expect(Set(cases).count == cases.count)
    }

    @Test(arguments: ["training", "evaluation"])
    func outputsAndGradientsAreThoseOfPyTorch(_ mode: String) throws {
        var worst: [String: Double] = [:]
        for (name, make) in pyTorchLayers() where cases.contains(name) {
            do {
                worst[name] = try check(make(), name, mode)
            } catch {
                Issue.record("\(name), \(mode): \(error)")
            }
        }
        if ProcessInfo.processInfo.environment["PYTORCH_ERRORS"] != nil {
            for (name, share) in worst.sorted(by: { $0.value > $1.value }) { print(name, share) }
        }
    }

    /// The largest error as a share of what is tolerated.
    private func check(_ layer: any Layer, _ name: String, _ mode: String) throws -> Double {
        try layer.load(named("\(name)/state/"))
        let x = try #require(tensors["\(name)/x"]).detached()
        x.requiresGradient = true
        let output = try withTraining(mode == "training") { try layer.call(x) }
        try output.backward(from: cotangent(output.shape))
        var found = ["output": output, "gradient": try #require(x.gradient)]
        for (parameter, gradient) in layer.gradients { found["gradient/\(parameter)"] = gradient }
        var buffers: [String: Tensor] = [:]
        for (buffer, parameter) in layer.namedState where parameter.kind == .buffer {
            buffers[buffer] = parameter.value
        }
        var worst = 0.0
        for (part, expected) in named("\(name)/\(mode)/") {
            let what = "\(name), \(mode): \(part)"
            let ours =
                part.hasPrefix("after/") ? buffers[String(part.dropFirst(6))] : found[part]
            worst = max(worst, try compare(try #require(ours, "\(what)"), expected, what))
            found[part] = nil
        }
        #expect(found.keys.sorted() == [], "\(name), \(mode): gradients that PyTorch has not")
        // What PyTorch left alone is as it was.
        for (buffer, value) in buffers where value.dtype == .float32 {
            guard tensors["\(name)/\(mode)/after/\(buffer)"] == nil else { continue }
            let before = try #require(tensors["\(name)/state/\(buffer)"])
            worst = max(worst, try compare(value, before, "\(name), \(mode): \(buffer)"))
        }
        return worst
    }

    /// The tensors whose names begin with `prefix`, without it.
    private func named(_ prefix: String) -> [String: Tensor] {
        var found: [String: Tensor] = [:]
        for (name, tensor) in tensors where name.hasPrefix(prefix) {
            found[String(name.dropFirst(prefix.count))] = tensor
        }
        return found
    }

    /// The script's `cotangent`.
    private func cotangent(_ shape: [Int]) throws -> Tensor {
        let count = shape.reduce(1, *)
        let values = (0..<count).map { (index: Int) -> Double in
            let step = (7 * index + 3) % 11
            return Double(step) / 4 - 1.25
        }
        return try Tensor(values, shape: shape)
    }

    /// Compares shape, type, then every element; records the worst place. The scale is that of the
    /// elements that are not zero by an identity, such as the gradient of an attention's key bias:
    /// in float32 those are what is left of terms like the others.
    private func compare(_ found: Tensor, _ expected: Tensor, _ what: String) throws -> Double {
        guard found.spec == expected.spec else {
            Issue.record("\(what): got \(found.spec), expected \(expected.spec)")
            return .infinity
        }
        let ours = try found.scalars(as: Double.self)
        let theirs = try expected.scalars(as: Double.self)
        let sized = theirs.filter { abs($0) > 1e-12 }
        let size = (sized.reduce(0) { $0 + $1 * $1 } / Double(max(1, sized.count))).squareRoot()
        var worst = (place: 0, share: 0.0)
        for (place, (value, wanted)) in zip(ours, theirs).enumerated() {
            let share = abs(value - wanted) / (1e-5 * abs(wanted) + 2e-6 * max(0.5, size))
            if !(share <= worst.share) { worst = (place, share.isNaN ? .infinity : share) }
        }
        if worst.share > 1 {
            var rest = worst.place
            let index = expected.shape.reversed().map { size in
                defer { rest /= size }
                return rest % size
            }
            Issue.record(
                """
                \(what) at \(Array(index.reversed())) of \(expected.shape): got \
                \(ours[worst.place]), expected \(theirs[worst.place])
                """)
        }
        return worst.share
    }
}
