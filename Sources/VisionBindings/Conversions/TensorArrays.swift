import Language
import VisionEngine

extension Tensor {
    /// The elements as nested arrays of `Double`, `Int` or `Bool`; a number where the rank is 0.
    func nestedValue() throws -> Value {
        var level: [Value]
        switch dtype {
        case .float32, .bfloat16: level = try scalars(as: Double.self).map { .double($0) }
        case .bool: level = try scalars(as: Bool.self).map { .bool($0) }
        default: level = try scalars(as: Int.self).map { .int($0) }
        }
        for (axis, length) in shape.enumerated().reversed() {
            let groups = shape[..<axis].reduce(1, *)
            level = (0..<groups).map { group in
                .array(Array(level[(group * length)..<((group + 1) * length)]))
            }
        }
        return level.first ?? .array([])
    }
}
