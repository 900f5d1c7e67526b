import NeuralNetworks
import Tensors

/// What to do with the input of a model.
extension ModelRepairs {
    /// One way of rearranging an input.
    private struct Layout {
        var shape: [Int]
        /// What is wrong with the input, after "the input [...]".
        var problem: String
        /// What follows `x`.
        var call: String
    }

    /// Missing axes, channels last, and whole numbers in place of fractions.
    func adviceOnLayout() -> String? {
        let isWhole = input.dtype != .float32 && !isFraction(input.dtype)
        let conversion = input.dtype == .uint8 ? ".cast(to: .float32) / 255" : ".cast(to: .float32)"
        if isWhole, passes(input.shape) {
            return "the input is \(input.dtype): use x\(conversion)"
        }
        for layout in layouts where passes(layout.shape) {
            let dtype = isWhole ? " and is \(input.dtype)" : ""
            return "the input \(input.shape) \(layout.problem)\(dtype): "
                + "use x\(layout.call)\(isWhole ? conversion : "")"
        }
        return nil
    }

    private func isFraction(_ dtype: DType) -> Bool { dtype.isFloatingPoint }

    private var layouts: [Layout] {
        let shape = input.shape
        switch shape.count {
        case 1:
            return [
                Layout(
                    shape: [1] + shape, problem: "has no batch axis",
                    call: ".expandedDimensions(axis: 0)")
            ]
        case 2:
            return [
                Layout(
                    shape: [1, 1] + shape, problem: "has no batch axis and no channel axis",
                    call: ".reshaped(1, 1, \(shape[0]), \(shape[1]))"),
                Layout(
                    shape: [1] + shape, problem: "has no batch axis",
                    call: ".expandedDimensions(axis: 0)"),
            ]
        case 3:
            return [
                Layout(
                    shape: [1] + shape, problem: "has no batch axis",
                    call: ".expandedDimensions(axis: 0)"),
                Layout(
                    shape: [shape[0], 1, shape[1], shape[2]], problem: "has no channel axis",
                    call: ".expandedDimensions(axis: 1)"),
                Layout(
                    shape: [1, shape[2], shape[0], shape[1]],
                    problem: "has its channels last and no batch axis",
                    call: ".transposed(2, 0, 1).expandedDimensions(axis: 0)"),
                Layout(
                    shape: [shape[0], shape[2], shape[1]],
                    problem: "has its last two axes the wrong way round",
                    call: ".transposed(0, 2, 1)"),
            ]
        case 4:
            return [
                Layout(
                    shape: [shape[0], shape[3], shape[1], shape[2]],
                    problem: "has its channels last", call: ".transposed(0, 3, 1, 2)")
            ]
        default: return []
        }
    }

    /// Another input that the model takes as it is: other channels, or images of another size.
    func alternativeInput(_ trace: ModelTrace) -> String? {
        let shape = input.shape
        guard shape.count == 4, let visit = trace.failedVisit else { return nil }
        if let channels = channels(of: visit.layer), visit.input.shape == shape,
            shape[1] != channels
        {
            guard passes([shape[0], channels] + shape[2...]) else { return nil }
            switch (shape[1], channels) {
            case (1, _): return "x.tiled(1, \(channels), 1, 1), the same plane for each channel"
            case (_, 1): return "x.mean(axis: 1, keepDims: true), which is grey"
            case (4, 3): return "x[0..., 0..<3], without the alpha channel"
            default: return nil
            }
        }
        let sizes = [28, 32, 48, 64, 96, 112, 128, 160, 192, 224, 227, 256, 299, 384]
        for size in sizes where [size, size] != Array(shape[2...]) {
            if passes(Array(shape[..<2]) + [size, size]) { return "images of \(size)x\(size)" }
        }
        return nil
    }

    /// How many channels a layer takes, where it takes images.
    private func channels(of layer: any Layer) -> Int? {
        switch layer {
        case let layer as Conv2d: layer.inputs
        case let layer as BatchNorm2d: layer.features
        case let layer as PatchEmbedding: layer.projection.inputs
        default: nil
        }
    }
}
