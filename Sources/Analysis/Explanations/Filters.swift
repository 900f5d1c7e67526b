import Hosting
import NeuralNetworks
import Tensors
import VisionData

extension Layer {
    /// The filters of a convolution inside the model.
    ///
    ///     let filters = try net.filters(at: "conv1")
    ///     filters.values.shape  // [64, 3, 7, 7]
    ///
    /// Throws where there is no layer of that name with filters.
    public func filters(at layer: String) throws -> Filters {
        let weight = try self[layer.isEmpty ? "weight" : layer + ".weight"]
        guard weight.rank == 4, weight.count > 0 else {
            throw TensorError(
                .shape, "filters", "the layer \"\(layer)\" has no filters",
                expected: "a convolution, weights [K, C, h, w]", got: "\(weight.shape)")
        }
        return Filters(layer: layer, values: weight.detached())
    }
}

/// The filters of a convolution; shown as a sheet, in colour where they see three channels.
public struct Filters: Sendable {
    /// The full name of the layer.
    public let layer: String
    /// `[K, C, h, w]`.
    public let values: Tensor

    /// The most filters that are shown.
    private static let most = 96

    /// Filters of three channels in colour; of more, the mean over the channels of each filter.
    /// Each filter is stretched on its own.
    public var picture: Image {
        get throws {
            let shown = try (0..<min(Self.most, values.shape[0])).map { index in
                let filter = try values.indexed(by: [index])
                return try Image(
                    stretching: values.shape[1] == 3 ? filter : filter.mean(axis: 0))
            }
            return try grid(shown, columns: shown.count > 4 ? min(16, shown.count) : nil)
        }
    }
}

extension Filters: CustomStringConvertible, Displayable {
    /// The layer and what its filters are.
    public var description: String {
        let shape = values.shape
        return "\(shape[0]) filters of \(layer), \(shape[2])x\(shape[3]) of \(shape[1]) channels"
    }

    /// The description, and the filters.
    public func mimeBundle() throws -> MIMEBundle {
        try picture.mimeBundle(describedBy: description)
    }
}
