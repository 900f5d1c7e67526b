import Tensors

/// One channel of a picture as float32, row by row: what the features compute with.
struct FloatPlane: Sendable {
    let width: Int
    let height: Int
    var values: [Float]

    init(width: Int, height: Int, values: [Float]) {
        self.width = width
        self.height = height
        self.values = values
    }

    /// A plane whose every sample `fill` writes.
    init(
        width: Int, height: Int, fill: (UnsafeMutablePointer<Float>) throws -> Void
    ) rethrows {
        let count = width * height
        let values = try [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let base = buffer.baseAddress { try fill(base) }
            initialized = count
        }
        self.init(width: width, height: height, values: values)
    }

    /// One channel of a picture, multiplied by `scale`.
    init(_ image: Image, channel: Int, scale: Float = 1 / 255) {
        let step = image.channels
        self.init(width: image.width, height: image.height) { out in
            image.bytes.withUnsafeBufferPointer { source in
                guard let base = source.baseAddress else { return }
                let from = base + channel
                let count = image.width * image.height
                if step == 1 {
                    for pixel in 0..<count { out[pixel] = Float(from[pixel]) * scale }
                } else {
                    for pixel in 0..<count { out[pixel] = Float(from[pixel &* step]) * scale }
                }
            }
        }
    }

    /// The brightness of a picture in 0...1.
    init(brightness image: Image) { self.init(image.grayscale(), channel: 0) }

    /// The colours of a picture in 0...1, a plane each; alpha is left out.
    static func colors(_ image: Image) -> [FloatPlane] {
        (0..<min(image.channels, 3)).map { FloatPlane(image, channel: $0) }
    }

    /// The samples as a tensor [H, W].
    func tensor() throws -> Tensor { try Tensor(values, shape: [height, width]) }

    /// The least and the greatest sample.
    var range: (low: Float, high: Float) {
        var low = Float.infinity
        var high = -Float.infinity
        for value in values {
            low = value < low ? value : low
            high = value > high ? value : high
        }
        return (low, high)
    }

    /// A grey picture: `low` is black, `high` white.
    func image(low: Float, high: Float) -> Image {
        let factor = high > low ? 255 / (high - low) : 0
        return Image(width: width, height: height, channels: 1, count: values.count) { out in
            for (index, value) in values.enumerated() {
                let level = (value - low) * factor + 0.5
                out[index] = UInt8(max(0, min(255, level.isNaN ? 0 : level)))
            }
        }
    }
}

/// What a filter sees beyond the border of a picture.
public enum FilterBorder: String, Sendable, CaseIterable {
    /// The picture mirrored, its outermost pixels twice: `b a | a b c`.
    case reflect
    /// The outermost pixels again and again: `a a | a b c`.
    case replicate
    /// Zeros, as a convolutional layer with padding sees.
    case zero
}

/// A plane with a margin around it, so that a filter needs no special case at the border.
struct PaddedPlane: Sendable {
    /// The size without the margin.
    let width: Int
    let height: Int
    let marginX: Int
    let marginY: Int
    private(set) var values: [Float]

    /// The length of a row with its margins.
    var stride: Int { width + 2 * marginX }

    /// The most samples that a plane with its margin may have: 2 GB.
    private static let limit = 1 << 29

    init(_ plane: FloatPlane, marginX: Int, marginY: Int, border: FilterBorder) throws {
        width = plane.width
        height = plane.height
        self.marginX = marginX
        self.marginY = marginY
        let stride = width + 2 * marginX
        let rows = height + 2 * marginY
        guard stride <= Self.limit / rows else {
            throw ImageError(
                .tooLarge,
                "filter: the picture with its margins is too large, expected at most "
                    + "\(Self.limit) samples, got \(stride)x\(rows)")
        }
        let (width, height) = (width, height)
        let count = stride * rows
        func position(_ index: Int, _ length: Int) -> Int {
            switch border {
            case .reflect:
                let wrapped = index % (2 * length)
                let turn = wrapped < 0 ? wrapped + 2 * length : wrapped
                return turn < length ? turn : 2 * length - 1 - turn
            case .replicate: return max(0, min(length - 1, index))
            case .zero: return index >= 0 && index < length ? index : -1
            }
        }
        let left = (0..<marginX).map { position($0 - marginX, width) }
        let right = (0..<marginX).map { position(width + $0, width) }
        values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = count
            plane.values.withUnsafeBufferPointer { source in
                guard var out = buffer.baseAddress, let source = source.baseAddress else { return }
                for row in 0..<rows {
                    let from = position(row - marginY, height)
                    if from < 0 {
                        out.update(repeating: 0, count: stride)
                    } else {
                        let line = source + from * width
                        for x in 0..<marginX { out[x] = left[x] < 0 ? 0 : line[left[x]] }
                        (out + marginX).update(from: line, count: width)
                        let end = out + marginX + width
                        for x in 0..<marginX { end[x] = right[x] < 0 ? 0 : line[right[x]] }
                    }
                    out += stride
                }
            }
        }
    }
}
