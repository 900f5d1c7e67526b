import NeuralNetworks
import Tensors
import Training
import VisionData

/// A picture to ask a model about: an `Image`, which is scaled, cut and normalised as the model's
/// training images were (`model.info`), or a tensor that is so already, `[C, H, W]` or
/// `[1, C, H, W]`.
public protocol ModelPicture {
    /// The picture as the model takes it, `[1, C, H, W]`, and as a person sees it, of H rows of W
    /// pixels; throws where it is no picture.
    func prepared(for info: ModelInfo?) throws -> (input: Tensor, shown: Image)
}

extension Image: ModelPicture {
    public func prepared(for info: ModelInfo?) throws -> (input: Tensor, shown: Image) {
        (try modelInput(self, info), try fitted(self, to: info))
    }
}

extension Tensor: ModelPicture {
    public func prepared(for info: ModelInfo?) throws -> (input: Tensor, shown: Image) {
        let isOne = rank == 4 && shape[0] == 1
        guard isOne || rank == 3, count > 0, !isSymbolic else {
            throw TensorError(
                .shape, "explanation", "the tensor is not one picture",
                expected: "[C, H, W] or [1, C, H, W]", got: "\(shape)", operands: [spec])
        }
        var input = isOne ? detached() : try detached().expandedDimensions(axis: 0)
        if input.dtype != .float32 { input = try input.cast(to: .float32) }
        return (input, try Self.shown(input, info))
    }

    /// What normalised samples `[1, C, H, W]` look like.
    static func shown(_ input: Tensor, _ info: ModelInfo?) throws -> Image {
        var planes = try input.squeezed(axis: 0)
        if let info, info.channelMeans.count == planes.shape[0],
            info.channelDeviations.count == planes.shape[0]
        {
            let shape = [planes.shape[0], 1, 1]
            planes = try Tensor.adding(
                Tensor.multiplying(planes, Tensor(info.channelDeviations, shape: shape)),
                Tensor(info.channelMeans, shape: shape))
            return try Image(planes.clipped(0, 1))
        }
        if planes.shape[0] != 1, planes.shape[0] != 3 { planes = try planes.mean(axis: 0) }
        return try Image(stretching: planes)
    }
}
