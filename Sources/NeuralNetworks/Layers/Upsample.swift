import Tensors

/// Enlarges images by repeating pixels or by interpolating between them: `[N, C, H, W]` to
/// `[N, C, H', W']`. As `torch.nn.Upsample`.
///
///     Upsample(scale: 2)(Tensor.zeros([1, 8, 7, 7])).shape               // [1, 8, 14, 14]
///     Upsample(size: [20, 30], mode: .bilinear)(Tensor.zeros([1, 8, 7, 7])).shape  // [1, 8, 20, 30]
public final class Upsample: StatelessLayer {
    private enum Target {
        case scale([Int])
        case size([Int])
    }

    /// Whether pixels are repeated (`.nearest`, the default) or found between four of them.
    public let mode: UpsamplingMode
    /// Whether the corners of input and output are the same points, rather than their edges.
    public let alignCorners: Bool
    private let target: Target

    /// Enlargement by a whole factor; stops the program where it is not positive.
    public convenience init(
        scale: any IntOrPair, mode: UpsamplingMode = .nearest, alignCorners: Bool = false
    ) {
        self.init(
            trapping { .scale(try windowSizes("Upsample", "scale", scale)) }, mode, alignCorners)
    }

    /// Enlargement to a height and width; stops the program where one is not positive.
    public convenience init(
        size: any IntOrPair, mode: UpsamplingMode = .nearest, alignCorners: Bool = false
    ) {
        self.init(
            trapping { .size(try windowSizes("Upsample", "size", size)) }, mode, alignCorners)
    }

    /// The same as either, throwing unless exactly one of the two is given and is positive.
    public convenience init(
        by scale: (any IntOrPair)?, to size: (any IntOrPair)?,
        mode: UpsamplingMode = .nearest, alignCorners: Bool = false
    ) throws {
        switch (scale, size) {
        case (let scale?, nil):
            self.init(.scale(try windowSizes("Upsample", "scale", scale)), mode, alignCorners)
        case (nil, let size?):
            self.init(.size(try windowSizes("Upsample", "size", size)), mode, alignCorners)
        default:
            throw LayerError(
                layer: "Upsample", problem: "the output has no size", expected: "scale or size",
                got: scale == nil ? "neither" : "both")
        }
    }

    private init(_ target: Target, _ mode: UpsamplingMode, _ alignCorners: Bool) {
        self.target = target
        self.mode = mode
        self.alignCorners = alignCorners
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        switch target {
        case .scale(let scale):
            try upsample(x, scale: scale, mode: mode, alignCorners: alignCorners)
        case .size(let size): try upsample(x, size: size, mode: mode, alignCorners: alignCorners)
        }
    }

    public var kind: String { "Upsample" }

    public var details: String {
        var text =
            switch target {
            case .scale(let scale): "scale: \(written(scale))"
            case .size(let size): "size: \(written(size))"
            }
        if mode != .nearest { text += ", mode: .\(mode)" }
        return alignCorners ? text + ", alignCorners: true" : text
    }
}
