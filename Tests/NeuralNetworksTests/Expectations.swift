import NeuralNetworks
import Tensors
import Testing

/// Expects every element of a tensor to be within `tolerance` of the given ones, in row-major order.
func expectElements(
    _ tensor: Tensor, _ expected: [Double], shape: [Int]? = nil, tolerance: Double = 1e-6,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    if let shape { #expect(tensor.shape == shape, sourceLocation: sourceLocation) }
    let values = try tensor.scalars(as: Double.self)
    try #require(values.count == expected.count, sourceLocation: sourceLocation)
    let worst = values.indices.max {
        abs(values[$0] - expected[$0]) < abs(values[$1] - expected[$1])
    }
    guard let worst else { return }
    #expect(
        abs(values[worst] - expected[worst]) <= tolerance,
        "element \(worst): \(values[worst]) against \(expected[worst])",
        sourceLocation: sourceLocation)
}

/// The text of the error that `body` throws.
func errorText(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "no error"
    } catch { return String(describing: error) }
}

/// Expects the gradients that `backward()` gives for the input and every weight of a layer to be
/// the differences of `sum(layer(x) * w)` for small changes, for random x and w.
func expectGradients(
    of layer: any Layer, at x: Tensor, step: Double = 0.01, tolerance: Double = 0.02,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let x = x.detached()
    x.requiresGradient = true
    let weights = try Tensor.randn(layer.call(x).shape)
    func value(_ x: Tensor) throws -> Tensor {
        try Tensor.multiplying(layer.call(x), weights).sum()
    }
    try value(x).backward()
    func differences(_ start: Tensor, _ body: (Tensor) throws -> Double) throws -> [Double] {
        let values = try start.scalars(as: Float.self)
        return try values.indices.map { index in
            let both = try [Float(step), Float(-step)].map { change in
                var changed = values
                changed[index] += change
                return try withoutGradient { try body(Tensor(changed, shape: start.shape)) }
            }
            return (both[0] - both[1]) / (2 * step)
        }
    }
    let input = try #require(x.gradient, sourceLocation: sourceLocation)
    try expectElements(
        input, differences(x.detached()) { try value($0).item() }, tolerance: tolerance,
        sourceLocation: sourceLocation)
    for (name, parameter) in layer.namedWeights {
        let gradient = try #require(
            parameter.gradient, "\(name)", sourceLocation: sourceLocation)
        let start = parameter.value
        let expected = try differences(start.detached()) { changed in
            try parameter.setValue(changed)
            return try value(x.detached()).item()
        }
        try parameter.setValue(start)
        try expectElements(
            gradient, expected, tolerance: tolerance, sourceLocation: sourceLocation)
    }
}
