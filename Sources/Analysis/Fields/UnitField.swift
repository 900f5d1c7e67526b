import Hosting
import NeuralNetworks
import Tensors
import Training
import VisionData

/// The part of an image that one unit of a layer depends on, in theory and by its gradient:
/// `receptiveField(of: net, layer: "layer4", unit: (3, 3), in: photo)`.
public struct UnitField: Sendable {
    /// The full name of the layer.
    public let layer: String
    /// The unit's row and column on the layer's map.
    public let unit: (row: Int, column: Int)
    /// The height and width of the layer's map.
    public let map: [Int]
    /// The height and width of the image.
    public let image: [Int]
    /// The pixels that windows and strides let it see, which may lie beyond the image; `nil` where
    /// it sees all of it.
    public let theoretical: PixelRectangle?
    /// The pixels whose gradient is not 0; `nil` where none is.
    public let measured: PixelRectangle?
    /// How much the unit changes with each pixel: the absolute gradient of its sum over channels,
    /// summed over the image's channels, `[H, W]`.
    public let gradient: Tensor
    /// The image with the gradient and both rectangles drawn over it.
    public let picture: Image
}

/// A rectangle of pixels.
public struct PixelRectangle: Hashable, Sendable, CustomStringConvertible {
    /// The first row and column.
    public let top: Int
    /// The first column, which is negative where the rectangle begins beside the image.
    public let left: Int
    /// How many rows of pixels it has.
    public let height: Int
    /// How many columns of pixels it has.
    public let width: Int

    /// A rectangle from its first row and column, in pixels.
    public init(top: Int, left: Int, height: Int, width: Int) {
        (self.top, self.left, self.height, self.width) = (top, left, height, width)
    }

    /// What the unit at a row and column of a map sees; `nil` where that is all of the image.
    init?(_ field: ReceptiveField, row: Int, column: Int) {
        guard let size = field.size else { return nil }
        self.init(
            top: field.start[0] + row * field.step[0],
            left: field.start[1] + column * field.step[1], height: size[0], width: size[1])
    }

    /// As much of it as lies on another rectangle, at least a pixel.
    func clipped(to other: PixelRectangle) -> PixelRectangle {
        func range(_ start: Int, _ count: Int, _ low: Int, _ length: Int) -> Range<Int> {
            let first = min(max(start, low), low + length - 1)
            return first..<max(first + 1, min(start + count, low + length))
        }
        let rows = range(top, height, other.top, other.height)
        let columns = range(left, width, other.left, other.width)
        return PixelRectangle(
            top: rows.lowerBound, left: columns.lowerBound, height: rows.count,
            width: columns.count)
    }

    /// `427x427 at (-101, -101)`: height and width, then the first row and column.
    public var description: String { "\(height)x\(width) at (\(top), \(left))" }
}

/// What one unit of a layer sees of an image: the rectangle that the windows of the layers before
/// it span, and the gradient that really arrives, drawn over the photograph.
///
///     let field = try receptiveField(of: net, layer: "layer4", unit: (3, 3), in: photo)
///     field.theoretical   // 427x427 at (-117, -117)
///
/// `unit` is a row and a column of the layer's map, by default its middle. The photograph is
/// brought to what the model takes, as `predict` does; without one, noise is looked at, in the
/// shape `input`, `[C, H, W]`, by default what the model was made for. The rectangle is the
/// theoretical receptive field; the gradient shows that its middle counts most (Luo et al.,
/// "Understanding the Effective Receptive Field", 2016).
///
/// Throws where no layer has that name, it gives no map, or the unit is not on it.
public func receptiveField(
    of model: any Layer, layer name: String, unit: (Int, Int)? = nil, in photo: Image? = nil,
    input: [Int]? = nil
) throws -> UnitField {
    let x = try fieldInput(model, photo, input)
    let trace = model.trace(x.spec)
    if let error = trace.modelError(of: model) { throw error }
    guard let visit = trace.visits.first(where: { $0.path.joined(separator: ".") == name }) else {
        throw LayerError(noLayer: name, in: model)
    }
    guard let map = visit.output?.shape, map.count == 4 else {
        throw LayerError(
            layer: "receptiveField", problem: "layer \(name) gives no map",
            expected: "a layer that gives [N, C, H, W]", got: "\(visit.output?.shape ?? [])")
    }
    let (row, column) = unit ?? (map[2] / 2, map[3] / 2)
    guard (0..<map[2]).contains(row), (0..<map[3]).contains(column) else {
        throw LayerError(
            layer: "receptiveField", problem: "the unit is not on the map of layer \(name)",
            expected: "a row in 0..<\(map[2]) and a column in 0..<\(map[3])",
            got: "(\(row), \(column))")
    }
    let gradient = try unitGradient(model, x, name, row, column)
    let theoretical = visit.receptiveField.flatMap {
        PixelRectangle($0, row: row, column: column)
    }
    let size = Array(x.shape[2...])
    let values = try gradient.scalars(as: Float.self)
    let measured = bounds(values, width: size[1])
    return UnitField(
        layer: name, unit: (row, column), map: Array(map[2...]), image: size,
        theoretical: theoretical, measured: measured, gradient: gradient,
        picture: try FieldPicture(x: x, info: model.info, gradient: values)
            .drawn(theoretical, measured))
}

private func fieldInput(
    _ model: any Layer, _ photo: Image?, _ input: [Int]?
) throws -> Tensor {
    if let photo { return try modelInput(photo, model.info) }
    let shape = try input ?? model.usualInput()
    guard shape.count == 3, shape.allSatisfy({ $0 > 0 }) else {
        throw TensorError(
            .shape, "receptiveField", "the input is no image", expected: "[C, H, W], sizes from 1",
            got: "\(shape)")
    }
    return try withoutDrawing {
        Context.current.seed(1)
        return try Tensor.randn([1] + shape)
    }
}

private func unitGradient(
    _ model: any Layer, _ x: Tensor, _ name: String, _ row: Int, _ column: Int
) throws -> Tensor {
    // The weights keep the gradients that they had.
    let before = model.weights.map { ($0, $0.gradient) }
    defer { for (weight, gradient) in before { try? weight.setGradient(gradient) } }
    return try withTraining(false) {
        try gradient(
            of: {
                try model.features(of: $0, upTo: name).indexed(by: [0, 0..., row, column]).sum()
            },
            at: x
        ).abs().sum(axes: [0, 1])
    }
}

/// The smallest rectangle around all that is not 0.
private func bounds(_ values: [Float], width: Int) -> PixelRectangle? {
    var (top, bottom, left, right) = (Int.max, -1, Int.max, -1)
    for (index, value) in values.enumerated() where value != 0 && width > 0 {
        let (row, column) = index.quotientAndRemainder(dividingBy: width)
        (top, bottom) = (min(top, row), max(bottom, row))
        (left, right) = (min(left, column), max(right, column))
    }
    guard bottom >= 0 else { return nil }
    return PixelRectangle(top: top, left: left, height: bottom - top + 1, width: right - left + 1)
}
