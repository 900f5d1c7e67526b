/// One part of a subscript: an `Int`, a range, `.ellipsis`, `.newAxis`, `.stride`, or a tensor of
/// booleans or integers.
///
///     let x = try Tensor.arange(0, 12).reshaped(3, 4)
///     try x[0, 1...]                                  // [1.0, 2.0, 3.0]
///     try x[.ellipsis, -1]                            // [3.0, 7.0, 11.0]
///     try x[.stride(from: 0, to: 3, by: 2), .newAxis] // shape [2, 1, 4]
///     try x[Tensor.greater(x, 9)]                     // [10.0, 11.0]
///
/// Positions and range bounds below zero count from the end. As in NumPy and PyTorch, a range that
/// reaches beyond the axis is cut to it, and a position outside it is an error.
public protocol TensorIndex {
    /// What it selects.
    var selection: TensorSelection { get }
}

/// What one part of a subscript selects.
public enum TensorSelection: Sendable {
    /// One position of an axis, which disappears.
    case position(Int)
    /// Positions of an axis from `from` up to, and without, `to`; `nil` is the end that `by` starts
    /// from or runs to. With a negative `by` they run backwards.
    case slice(from: Int?, to: Int?, by: Int)
    /// As many whole axes as the other parts leave over.
    case remainder
    /// A new axis of size 1.
    case addition
    /// The positions that a tensor of integers lists, or where a tensor of booleans is true.
    case elements(Tensor)
}

/// A subscript's part that has no Swift type of its own, such as `.ellipsis`.
public struct IndexPart: TensorIndex, Sendable {
    public let selection: TensorSelection

    /// A part that selects this; `.ellipsis` and `.newAxis` are shorter for two of them.
    public init(_ selection: TensorSelection) { self.selection = selection }
}

extension TensorIndex where Self == IndexPart {
    /// As many whole axes as the other parts of the subscript leave over.
    public static var ellipsis: IndexPart { IndexPart(.remainder) }

    /// A new axis of size 1.
    public static var newAxis: IndexPart { IndexPart(.addition) }

    /// Every `step`-th position from `start` up to, and without, `end`; backwards for a negative
    /// step, and the whole axis where a bound is left out.
    ///
    ///     try x[.stride(by: -1)]  // the rows in reverse
    public static func stride(
        from start: Int? = nil, to end: Int? = nil, by step: Int
    ) -> IndexPart {
        IndexPart(.slice(from: start, to: end, by: step))
    }
}

extension Int: TensorIndex {
    public var selection: TensorSelection { .position(self) }
}

extension Range: TensorIndex where Bound == Int {
    public var selection: TensorSelection { .slice(from: lowerBound, to: upperBound, by: 1) }
}

extension ClosedRange: TensorIndex where Bound == Int {
    public var selection: TensorSelection {
        .slice(from: lowerBound, to: pastEnd(upperBound), by: 1)
    }
}

extension PartialRangeFrom: TensorIndex where Bound == Int {
    public var selection: TensorSelection { .slice(from: lowerBound, to: nil, by: 1) }
}

extension PartialRangeUpTo: TensorIndex where Bound == Int {
    public var selection: TensorSelection { .slice(from: nil, to: upperBound, by: 1) }
}

extension PartialRangeThrough: TensorIndex where Bound == Int {
    public var selection: TensorSelection { .slice(from: nil, to: pastEnd(upperBound), by: 1) }
}

extension Tensor: TensorIndex {
    public var selection: TensorSelection { .elements(self) }
}

/// The bound after an included one; -1 is the last position, and nothing comes after it.
private func pastEnd(_ bound: Int) -> Int? {
    bound == -1 || bound == .max ? nil : bound + 1
}
