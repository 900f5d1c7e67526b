import Tensors
import Testing

/// Compares shape, then every element, and names the worst one.
func expectClose(
    _ tensor: Tensor, _ expected: Naive, tolerance: Double = 1e-5, _ what: String = "value",
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    #expect(tensor.shape == expected.shape, "\(what)", sourceLocation: sourceLocation)
    guard tensor.shape == expected.shape else { return }
    let values = try tensor.scalars(as: Double.self)
    var worst = (0, 0.0)
    for (position, value) in values.enumerated() {
        let wanted = expected.values[position]
        if value == wanted || (value.isNaN && wanted.isNaN) { continue }
        let distance = abs(value - wanted) / max(1, abs(wanted))
        if !(distance <= worst.1) { worst = (position, distance) }
    }
    let (position, distance) = worst
    #expect(
        distance <= tolerance,
        """
        \(what) at \(Naive.index(position, expected.shape)): \
        got \(values.isEmpty ? 0 : values[position]), expected \
        \(expected.values.isEmpty ? 0 : expected.values[position])
        """, sourceLocation: sourceLocation)
}

/// Holds an operation against a naive one, forward and backward.
///
/// The forward values are compared element by element. Then the engine's gradients of
/// `sum(weights * result)` are compared with central differences of the naive operation in
/// double precision, at up to sixteen places of each input spread over all of it.
func checkGradients(
    _ inputs: [Naive], tolerance: Double = 2e-4,
    _ operation: ([Tensor]) throws -> Tensor, reference: ([Naive]) -> Naive,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let tensors = try inputs.map { try $0.tensor() }
    for tensor in tensors { tensor.requiresGradient = true }
    let result = try operation(tensors)
    let expected = reference(inputs)
    try expectClose(
        result, expected, tolerance: tolerance, "value", sourceLocation: sourceLocation)
    guard result.shape == expected.shape else { return }

    let weights = Naive.sample(expected.shape, low: 0.5, high: 1.5, salt: 99)
    func loss(_ inputs: [Naive]) -> Double {
        zip(reference(inputs).values, weights.values).reduce(0) { $0 + $1.0 * $1.1 }
    }
    try Tensor.multiplying(result, weights.tensor()).sum().backward()
    for (which, input) in inputs.enumerated() {
        let gradient = try #require(
            tensors[which].gradient, "no gradient of input \(which)",
            sourceLocation: sourceLocation)
        #expect(gradient.shape == input.shape, sourceLocation: sourceLocation)
        let found = try gradient.scalars(as: Double.self)
        let step = 1e-5
        let count = input.values.count
        let places = min(count, 16)
        for place in 0..<places {
            let position = places == count ? place : (place * count / places + place % 3) % count
            var above = inputs
            var below = inputs
            above[which].values[position] += step
            below[which].values[position] -= step
            let slope = (loss(above) - loss(below)) / (2 * step)
            #expect(
                abs(found[position] - slope) <= tolerance * 5 * max(1, abs(slope)),
                """
                gradient of input \(which) at \(Naive.index(position, input.shape)): \
                got \(found[position]), expected \(slope)
                """, sourceLocation: sourceLocation)
        }
    }
}

/// The text of the error that `body` throws.
func thrownText(_ body: () throws -> some Any) -> String {
    do {
        _ = try body()
        return "no error"
    } catch {
        return "\(error)"
    }
}
