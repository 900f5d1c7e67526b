/// Why training, evaluation or prediction cannot be done as asked.
public struct TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
