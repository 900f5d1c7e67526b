import NeuralNetworks
import Tensors
import VisionData

/// The image that a network saw, with what a unit sees of it.
struct FieldPicture {
    private let height: Int
    private let width: Int
    /// Red, green and blue of each pixel, in 0...1.
    private var pixels: [Float]
    private let gradient: [Float]

    /// Undoes the normalisation of `x`, `[1, C, H, W]`; other channels than three are shown grey.
    init(x: Tensor, info: ModelInfo?, gradient: [Float]) throws {
        (height, width) = (x.shape[2], x.shape[3])
        self.gradient = gradient
        let values = try x.scalars(as: Float.self)
        let (channels, count) = (x.shape[1], height * width)
        let means = info?.channelMeans ?? []
        let deviations = info?.channelDeviations ?? []
        let isNormalized = means.count == channels && deviations.count == channels
        let (low, high) = (values.min() ?? 0, values.max() ?? 1)
        // What was never normalised is in 0...1; noise is brought there.
        let isNoise = !isNormalized && (low < 0 || high > 1)
        pixels = [Float](repeating: 0, count: 3 * count)
        for place in 0..<3 {
            let channel = channels == 3 ? place : 0
            for index in 0..<count {
                var value = values[channel * count + index]
                if isNormalized {
                    value = value * Float(deviations[channel]) + Float(means[channel])
                } else if isNoise {
                    value = 0.5 + 0.1 * value
                }
                pixels[3 * index + place] = min(max(value, 0), 1)
            }
        }
    }

    /// The image, darker where the unit does not look, with the theoretical field in yellow and the
    /// measured one in blue.
    func drawn(_ theoretical: PixelRectangle?, _ measured: PixelRectangle?) throws -> Image {
        var result = self
        let strongest = gradient.max() ?? 0
        for index in gradient.indices {
            // The root shows what is weak, too.
            let share = strongest > 0 ? (gradient[index] / strongest).squareRoot() : 0
            let heat: [Float] = [1, 0.35, 0]
            for channel in 0..<3 {
                let plain = 0.55 * pixels[3 * index + channel] + 0.1
                result.pixels[3 * index + channel] = plain + (heat[channel] - plain) * share * 0.85
            }
        }
        if let theoretical { result.frame(theoretical, [1, 0.85, 0.1]) }
        if let measured { result.frame(measured, [0.35, 0.7, 1]) }
        let bytes = result.pixels.map { UInt8(($0 * 255).rounded()) }
        return try Image(width: width, height: height, channels: 3, bytes: bytes)
    }

    /// The border of a rectangle, as far as it lies on the image.
    private mutating func frame(_ field: PixelRectangle, _ color: [Float]) {
        let (bottom, right) = (field.top + field.height - 1, field.left + field.width - 1)
        for row in max(0, field.top)..<max(0, field.top, min(height, bottom + 1)) {
            for column in [field.left, right] { dot(row, column, color) }
        }
        for column in max(0, field.left)..<max(0, field.left, min(width, right + 1)) {
            for row in [field.top, bottom] { dot(row, column, color) }
        }
    }

    private mutating func dot(_ row: Int, _ column: Int, _ color: [Float]) {
        guard (0..<height).contains(row), (0..<width).contains(column) else { return }
        for channel in 0..<3 { pixels[3 * (row * width + column) + channel] = color[channel] }
    }
}
