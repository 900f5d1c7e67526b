import Tensors
import Testing

/// How far an element may be from PyTorch's: `relative` of it and `absolute` of the tensor's size.
struct Tolerance {
    var relative: Double
    var absolute: Double

    static let single = Tolerance(relative: 1e-5, absolute: 2e-6)
    /// Two of bfloat16's steps, and one of the tensor's typical size.
    static let coarse = Tolerance(relative: 0x1p-6, absolute: 0x1p-7)
}

extension PyTorchCase {
    /// Runs the engine's call on inputs in one layout and compares outputs and gradients.
    ///
    /// Returns the largest error as a share of what is tolerated, or `nil` when the layout means
    /// nothing here.
    func check(_ call: PyTorchTable.Call, _ layout: InputLayout) throws -> Double? {
        var leaves: [String: Tensor] = [:]
        var views: [String: Tensor] = [:]
        for (name, input) in inputs {
            let isImage = layout != .blocked || (name == "x" && !isMixed)
            if isImage, let (leaf, view) = try layout.arranged(input) {
                leaves[name] = leaf
                views[name] = view
            } else if let (leaf, view) = try InputLayout.dense.arranged(input) {
                views[name] = view
                leaves[name] = leaf
            }
        }
        let arranged = Set(
            views.filter { leaves[$0.key]?.isIdentical(to: $0.value) == false }.map(\.key))
        guard layout == .dense || !arranged.isEmpty else { return nil }
        let what = "\(name), \(layout)"
        let found: [Tensor]
        do {
            let inputs = PyTorchCall(inputs: views, arguments: arguments)
            found = try isMixed ? withMixedPrecision { try call(inputs) } : call(inputs)
            try spread(found)
        } catch {
            Issue.record("\(what): \(error)")
            return .infinity
        }
        #expect(found.count == outputs.count, "\(what)")
        var worst = 0.0
        for (index, (found, expected)) in zip(found, outputs).enumerated() {
            worst = max(worst, try compare(found, expected, "\(what), output \(index)"))
        }
        for (input, expected) in gradients {
            guard let gradient = leaves[input]?.gradient else {
                Issue.record("\(what): no gradient of \(input)")
                continue
            }
            let ours =
                arranged.contains(input)
                ? try layout.gradient(gradient, rank: expected.rank) : gradient
            worst = max(worst, try compare(ours, expected, "\(what), gradient of \(input)"))
        }
        return worst
    }

    /// Sends the script's cotangents back through the outputs.
    private func spread(_ found: [Tensor]) throws {
        guard !gradients.isEmpty, found.count == outputs.count else { return }
        var total: Tensor?
        let tracked = found.enumerated().filter { $0.element.isTracked }
        for (salt, output) in tracked {
            let values = (0..<output.count).map { (index: Int) -> Double in
                let step = (7 * index + 3 + 5 * salt) % 11
                return Double(step) / 4 - 1.25
            }
            let cotangent = try Tensor(values, shape: output.shape).cast(to: output.dtype)
            if tracked.count == 1 { return try output.backward(from: cotangent) }
            let part = try Tensor.multiplying(output, cotangent).sum()
            total = try total.map { try Tensor.adding($0, part) } ?? part
        }
        try total?.backward()
    }

    /// Compares shape, type, then every element; records the worst place.
    private func compare(_ found: Tensor, _ expected: Tensor, _ what: String) throws -> Double {
        guard found.shape == expected.shape, found.dtype == expected.dtype else {
            Issue.record("\(what): got \(found.spec), expected \(expected.spec)")
            return .infinity
        }
        let isReal = expected.dtype.isFloatingPoint
        let ours = try found.scalars(as: Double.self)
        let theirs = try expected.scalars(as: Double.self)
        let tolerance = isCoarse ? Tolerance.coarse : .single
        let factor = self.tolerance ?? 1
        let finite = theirs.filter(\.isFinite)
        let size = (finite.reduce(0) { $0 + $1 * $1 } / Double(max(1, finite.count))).squareRoot()
        var worst = (place: 0, share: 0.0)
        for (place, (value, wanted)) in zip(ours, theirs).enumerated() {
            if value == wanted || (value.isNaN && wanted.isNaN) { continue }
            let room =
                factor * (tolerance.relative * abs(wanted) + tolerance.absolute * max(0.5, size))
            let distance = isReal && wanted.isFinite ? abs(value - wanted) / room : .infinity
            if !(distance <= worst.share) {
                worst = (place, distance.isNaN ? .infinity : distance)
            }
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
