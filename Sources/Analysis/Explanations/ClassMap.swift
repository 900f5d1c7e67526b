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

/// A layer whose maps tell where in the picture something is.
struct MapLayer {
    let name: String
    let layout: SpatialLayout

    /// The layer of a name, or without one the last with maps of more than one place; in a vision
    /// transformer what goes into the last attention, since only one token is read after it.
    init(_ wanted: String?, in run: Questioned) throws {
        let trace = run.model.trace(run.input.spec)
        if let error = trace.modelError(of: run.model) { throw error }
        let isWindowed = trace.visits.contains { $0.layer is WindowAttention }
        func found(_ visit: ModelTrace.Visit) -> SpatialLayout? {
            guard let shape = visit.output?.shape, shape.first == 1 else { return nil }
            if shape.count == 3 {
                return .grid(tokens: shape[1], height: run.height, width: run.width)
            }
            guard shape.count == 4 else { return nil }
            let isLast = isWindowed && shape[1] * run.width == shape[2] * run.height
            return isLast && !(visit.layer is Conv2d) ? .channelsLast : .channelsFirst
        }
        if let wanted {
            guard
                let visit = trace.visits.last(where: { $0.path.joined(separator: ".") == wanted })
            else { throw run.noLayer(wanted) }
            guard let maps = found(visit) else {
                throw TensorError(
                    .shape, run.operation, "layer \"\(wanted)\" gives no maps",
                    expected: "[N, C, H, W], or the tokens of a grid",
                    got: visit.output.map { "\($0.shape)" } ?? "nothing")
            }
            name = wanted
            layout = maps
            return
        }
        let named = trace.visits.filter { !$0.path.isEmpty }
        let attention = named.lastIndex { $0.layer is MultiHeadAttention }
        let last = named.lastIndex { visit in
            guard let shape = visit.output?.shape, shape.count == 4 else { return false }
            return shape[2] * shape[3] > 1 && found(visit) != nil
        }
        let choice: ModelTrace.Visit?
        if let attention, attention > last ?? -1 {
            let input = named[attention].input
            choice = named[..<attention].last { $0.output == input && !$0.hasInnerVisits }
        } else {
            choice = last.map { named[$0] }
        }
        guard let choice, let maps = found(choice) else {
            throw TensorError(
                .shape, run.operation, "no layer of the model gives maps",
                expected: "a model with a convolution or patches, or 'at' with a layer's name",
                got: run.model.kind)
        }
        name = choice.path.joined(separator: ".")
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
