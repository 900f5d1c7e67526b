import Language
import VisionEngine

/// A closed range of numbers: `0.08...1`.
struct RangeArgument: ScriptConvertible {
    let range: ClosedRange<Double>

    init(_ range: ClosedRange<Double>) { self.range = range }

    static var scriptType: ScriptType { .range(.double) }

    static func fromScript(_ value: Value) -> RangeArgument? {
        guard case .range(let range) = value, range.isClosed,
            let lower = range.lower.flatMap(Double.fromScript),
            let upper = range.upper.flatMap(Double.fromScript), lower <= upper
        else { return nil }
        return RangeArgument(lower...upper)
    }

    var scriptValue: Value {
        .range(
            ScriptRange(
                lower: .double(range.lowerBound), upper: .double(range.upperBound), isClosed: true))
    }
}
