import Language
import Tensors
import VisionEngine

/// How the engine's values are kept as earlier results: tensors without the tape that made them,
/// which would hold every intermediate value, and each with the memory it holds on to.
@Sendable
func keptResult(_ value: Any) -> KeptObject {
    switch value {
    case let tensor as Tensor: KeptObject(tensor.detached(), bytes: tensor.heldByteCount)
    case let image as Image: KeptObject(image, bytes: image.bytes.count)
    case let gallery as Gallery:
        KeptObject(gallery, bytes: gallery.images.reduce(0) { $0 + $1.bytes.count })
    case let run as TransformRun: KeptObject(run, bytes: run.image.bytes.count)
    case let chart as Chart:
        KeptObject(chart, bytes: chart.series.reduce(0) { $0 + 16 * $1.y.count })
    case let layer as any Layer: KeptObject(layer, bytes: 4 * layer.parameterCount)
    case is DType, is Interpolation, is ColorSpace, is Measurement: KeptObject(value, bytes: 256)
    default: KeptObject(value)
    }
}
