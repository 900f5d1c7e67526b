import Tensors
import Testing

/// A tensor as a shape and a list of numbers, and what a subscript means on it, written for clarity.
struct NaiveTensor: Equatable {
    var shape: [Int]
    var values: [Double]

    init(_ tensor: Tensor) throws {
        shape = tensor.shape
        values = try tensor.scalars(as: Double.self)
    }

    init(shape: [Int], _ value: ([Int]) -> Double) {
        self.shape = shape
        values = Self.places(shape).map(value)
    }

    subscript(place: [Int]) -> Double {
        get { values[flat(place)] }
        set { values[flat(place)] = newValue }
    }

    private func flat(_ place: [Int]) -> Int {
        zip(place, shape).reduce(0) { $0 * $1.1 + $1.0 }
    }

    /// All places of a shape, in row-major order.
    static func places(_ shape: [Int]) -> [[Int]] {
        shape.reduce([[]]) { places, size in
            places.flatMap { place in (0..<size).map { place + [$0] } }
        }
    }
}

/// Compares the gradient of a weighted sum of `function`'s result with central differences, at every
/// element of every input.
func expectCentralDifferences(
    _ inputs: [Tensor], tolerance: Double = 2e-2,
    sourceLocation: SourceLocation = #_sourceLocation,
    of function: ([Tensor]) throws -> Tensor
) throws {
    func weighted(_ inputs: [Tensor]) throws -> Tensor {
        let result = try function(inputs)
        // Different for each element, so that a mixed-up gradient cannot pass.
        let weights = (0..<result.count).map { Float(($0 * 7 + 3) % 11) / 4 - 1 }
        return try Tensor.multiplying(result, Tensor(weights, shape: result.shape)).sum()
    }
    let leaves = inputs.map { $0.detached() }
    for leaf in leaves { leaf.requiresGradient = true }
    try weighted(leaves).backward()
    for (position, input) in inputs.enumerated() {
        let gradient = try #require(leaves[position].gradient, sourceLocation: sourceLocation)
        #expect(gradient.shape == input.shape, sourceLocation: sourceLocation)
        let analytic = try gradient.scalars(as: Double.self)
        let values = try input.scalars(as: Float.self)
        for index in values.indices {
            func loss(_ change: Float) throws -> Double {
                var changed = values
                changed[index] += change
                var all = inputs
                all[position] = try Tensor(changed, shape: input.shape)
                return try weighted(all).item()
            }
            let step: Float = 1e-2
            let numeric = (try loss(step) - loss(-step)) / Double(2 * step)
            #expect(
                abs(numeric - analytic[index]) <= tolerance * max(1, abs(numeric)),
                "input \(position), element \(index): \(analytic[index]), expected \(numeric)",
                sourceLocation: sourceLocation)
        }
    }
}
