import Tensors

/// Joins axes into one, by default all but the first: `[N, C, H, W]` to `[N, C * H * W]`.
///
///     Flatten()(Tensor.zeros([64, 16, 5, 5])).shape  // [64, 400]
public final class Flatten: Layer {
    /// The first axis that is joined; 1 by default, which keeps the batch.
    public let startAxis: Int
    /// The last axis that is joined; -1, the default, is the last of the tensor.
    public let endAxis: Int

    /// Joins the axes from `startAxis` to `endAxis`, either of which may be negative.
    public init(startAxis: Int = 1, endAxis: Int = -1) {
        self.startAxis = startAxis
        self.endAxis = endAxis
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        let start = startAxis < 0 ? startAxis + x.rank : startAxis
        let end = endAxis < 0 ? endAxis + x.rank : endAxis
        guard 0 <= start, start <= end, end < x.rank else {
            throw TensorError(
                .shape, "Flatten", "axes \(startAxis)...\(endAxis) cannot be joined",
                expected: "a tensor that has them, in order", got: "\(x.shape)",
                operands: [x.spec])
        }
        let joined = x.shape[start...end].reduce(1, *)
        return try x.reshaped(x.shape[..<start] + [joined] + x.shape[(end + 1)...])
    }

    public func copy() -> Flatten { Flatten(startAxis: startAxis, endAxis: endAxis) }
    public var kind: String { "Flatten" }
    public var children: [(name: String, layer: any Layer)] { [] }
    public var ownParameters: [(name: String, parameter: Parameter)] { [] }

    public var details: String {
        var parts: [String] = []
        if startAxis != 1 { parts.append("startAxis: \(startAxis)") }
        if endAxis != -1 { parts.append("endAxis: \(endAxis)") }
        return parts.joined(separator: ", ")
    }
}
