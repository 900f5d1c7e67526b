import NeuralNetworks
import Tensors

/// How what comes out of a layer lies over the picture.
enum SpatialLayout: Equatable {
    /// `[C, H, W]`.
    case channelsFirst
    /// `[H, W, C]`.
    case channelsLast
    /// `[T, D]`: so many tokens that stand for no place, then those of a grid, row by row.
    case tokens(before: Int, rows: Int, columns: Int)

    /// The layout of tokens over a picture of some size; `nil` where they fill no grid of its
    /// shape.
    static func grid(tokens: Int, height: Int, width: Int) -> SpatialLayout? {
        // One class token is usual; then none, and two where a model was distilled.
        for before in [1, 0, 2] where tokens > before {
            let count = tokens - before
            for rows in 1...count where count % rows == 0 && rows * width == count / rows * height {
                return .tokens(before: before, rows: rows, columns: count / rows)
            }
        }
        return nil
    }

    /// What is left of a tensor without its batch, as `[C, h, w]`.
    func maps(_ values: Tensor) throws -> Tensor {
        switch self {
        case .channelsFirst: return values
        case .channelsLast: return try values.transposed(2, 0, 1)
        case .tokens(let before, let rows, let columns):
            let grid = try values.indexed(by: [before..<before + rows * columns])
            return try grid.reshaped(rows, columns, values.shape[1]).transposed(2, 0, 1)
        }
    }
}

/// How what comes out of a model's layers lies over the picture that goes in.
///
/// The rows and columns of a map grow with the picture, and its channels do not: the model's shapes
/// for a picture of twice the size tell which axes are which.
struct LayerLayouts {
    let trace: ModelTrace
    private let larger: ModelTrace

    /// Of pictures `[1, C, H, W]`; throws where the model does not take them.
    init(_ model: any Layer, _ input: TensorSpec) throws {
        trace = model.trace(input)
        if let error = trace.modelError(of: model) { throw error }
        let twice = zip(input.shape, [1, 1, 2, 2]).map { $0 * $1 }
        larger = model.trace(TensorSpec(twice, input.dtype))
    }

    /// The layout of what comes out in one of the trace's visits; `nil` where it lies over no
    /// picture.
    func layout(ofVisit index: Int) -> SpatialLayout? {
        let visit = trace.visits[index]
        guard let shape = visit.output?.shape, shape.first == 1 else { return nil }
        if shape.count == 3 {
            let size = trace.input.shape
            return .grid(tokens: shape[1], height: size[2], width: size[3])
        }
        guard shape.count == 4 else { return nil }
        // It may have failed before, where the model takes pictures of one size.
        guard larger.visits.indices.contains(index), larger.visits[index].path == visit.path,
            let other = larger.visits[index].output?.shape, other.count == 4
        else { return .channelsFirst }
        let growing = (1...3).filter { shape[$0] < other[$0] }
        return growing == [1, 2] ? .channelsLast : .channelsFirst
    }

    /// The last visit of the layer with a full name.
    func visit(of name: String) -> Int? {
        trace.visits.lastIndex { $0.path.joined(separator: ".") == name }
    }
}

/// A layer whose maps tell where in the picture something is.
struct MapLayer {
    let name: String
    let layout: SpatialLayout

    /// The layer of a name, or without one the last with maps of more than one place; in a vision
    /// transformer what goes into the last attention, since only one token is read after it.
    init(_ wanted: String?, in run: Questioned) throws {
        let layouts = try LayerLayouts(run.model, run.input.spec)
        let visits = layouts.trace.visits
        if let wanted {
            guard let visit = layouts.visit(of: wanted) else { throw run.noLayer(wanted) }
            guard let maps = layouts.layout(ofVisit: visit) else {
                throw TensorError(
                    .shape, run.operation, "layer \"\(wanted)\" gives no maps",
                    expected: "[N, C, H, W], or the tokens of a grid",
                    got: visits[visit].output.map { "\($0.shape)" } ?? "nothing")
            }
            name = wanted
            layout = maps
            return
        }
        let named = visits.indices.filter { !visits[$0].path.isEmpty }
        let attention = named.last { visits[$0].layer is MultiHeadAttention }
        let last = named.last { index in
            guard let shape = visits[index].output?.shape, shape.count == 4 else { return false }
            return shape[2] * shape[3] > 1 && layouts.layout(ofVisit: index) != nil
        }
        var choice = last
        if let attention, attention > last ?? -1 {
            let input = visits[attention].input
            choice = named.last {
                $0 < attention && visits[$0].output == input && !visits[$0].hasInnerVisits
            }
        }
        guard let choice, let maps = layouts.layout(ofVisit: choice) else {
            throw TensorError(
                .shape, run.operation, "no layer of the model gives maps",
                expected: "a model with a convolution or patches, or 'at' with a layer's name",
                got: run.model.kind)
        }
        name = visits[choice].path.joined(separator: ".")
        layout = maps
    }
}

extension Questioned {
    /// A coarse map `[h, w]` at the size of the picture.
    func enlarged(_ map: Tensor) throws -> Tensor {
        try upsample(
            map.reshaped(1, 1, map.shape[0], map.shape[1]), size: [height, width], mode: .bilinear
        ).reshaped(height, width)
    }
}
