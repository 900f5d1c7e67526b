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
