/// Reads colours between the pixels of a picture.
///
/// Points are in pixels from the upper left corner, so that the middle of the first pixel is
/// (0.5, 0.5). A point outside the picture is 0 with the border `constant`.
struct PixelSampler {
    private let source: UnsafePointer<UInt8>
    private let width: Int
    private let height: Int
    private let channels: Int
    private let border: PadMode

    /// `source` must outlive the sampler and hold `width * height * channels` bytes.
    init(
        _ source: UnsafePointer<UInt8>, width: Int, height: Int, channels: Int, border: PadMode
    ) {
        self.source = source
        self.width = width
        self.height = height
        self.channels = channels
        self.border = border
    }

    /// The pixel around a point.
    @inline(__always)
    func nearest(_ x: Double, _ y: Double, into target: UnsafeMutablePointer<UInt8>) {
        guard isSeen(x, y) else { return target.update(repeating: 0, count: channels) }
        let column = border.place(Int(x.rounded(.down)), width)
        let row = border.place(Int(y.rounded(.down)), height)
        target.update(from: source + (row * width + column) * channels, count: channels)
    }

    /// The mixture of the four pixels around a point.
    @inline(__always)
    func bilinear(_ x: Double, _ y: Double, into target: UnsafeMutablePointer<UInt8>) {
        guard isSeen(x, y) else { return target.update(repeating: 0, count: channels) }
        let (floorX, floorY) = ((x - 0.5).rounded(.down), (y - 0.5).rounded(.down))
        let (partX, partY) = (x - 0.5 - floorX, y - 0.5 - floorY)
        let left = border.place(Int(floorX), width) * channels
        let right = border.place(Int(floorX) + 1, width) * channels
        let top = border.place(Int(floorY), height) * width * channels
        let bottom = border.place(Int(floorY) + 1, height) * width * channels
        for channel in 0..<channels {
            @inline(__always) func sample(_ row: Int, _ column: Int) -> Double {
                Double(source[row + column + channel])
            }
            let upper = sample(top, left) * (1 - partX) + sample(top, right) * partX
            let lower = sample(bottom, left) * (1 - partX) + sample(bottom, right) * partX
            target[channel] = UInt8(upper * (1 - partY) + lower * partY + 0.5)
        }
    }

    /// The mixture of the sixteen pixels around a point by Keys' cubic with a = -0.5.
    func bicubic(_ x: Double, _ y: Double, into target: UnsafeMutablePointer<UInt8>) {
        guard isSeen(x, y) else { return target.update(repeating: 0, count: channels) }
        let (floorX, floorY) = ((x - 0.5).rounded(.down), (y - 0.5).rounded(.down))
        let across = Self.cubicWeights(x - 0.5 - floorX)
        let down = Self.cubicWeights(y - 0.5 - floorY)
        for channel in 0..<channels {
            var sum = 0.0
            for row in 0..<4 {
                let start = border.place(Int(floorY) + row - 1, height) * width * channels
                var part = 0.0
                for column in 0..<4 {
                    let place = border.place(Int(floorX) + column - 1, width) * channels
                    part += across[column] * Double(source[start + place + channel])
                }
                sum += down[row] * part
            }
            target[channel] = UInt8(max(0, min(255, sum + 0.5)))
        }
    }

    /// Whether a point has a colour: it is a number that is not astronomically far, and it is
    /// within the picture or the border goes on.
    @inline(__always)
    private func isSeen(_ x: Double, _ y: Double) -> Bool {
        if x >= 0 && y >= 0 && x < Double(width) && y < Double(height) { return true }
        return border != .constant && abs(x) < 1e9 && abs(y) < 1e9
    }

    private static func cubicWeights(_ part: Double) -> SIMD4<Double> {
        SIMD4(
            Interpolation.bicubic.weight(1 + part), Interpolation.bicubic.weight(part),
            Interpolation.bicubic.weight(1 - part), Interpolation.bicubic.weight(2 - part))
    }
}
