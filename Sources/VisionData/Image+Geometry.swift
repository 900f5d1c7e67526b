import Glibc
import Hosting

extension Image {
    /// The part whose upper left corner is (`x`, `y`).
    ///
    /// Throws when the part is empty or reaches beyond the picture.
    public func cropped(x: Int, y: Int, width: Int, height: Int) throws -> Image {
        guard x >= 0, y >= 0, width > 0, height > 0, x < self.width, y < self.height,
            width <= self.width - x, height <= self.height - y
        else {
            throw ImageError(
                .argument,
                "cropped: the part leaves the picture, expected it within "
                    + "\(self.width)x\(self.height), got x: \(x), y: \(y), width: \(width), "
                    + "height: \(height)")
        }
        let count = width * height * channels
        let (rowBytes, start) = (width * channels, (y * self.width + x) * channels)
        return Image(width: width, height: height, channels: channels, count: count) { out in
            bytes.withUnsafeBufferPointer { source in
                guard let base = source.baseAddress else { return }
                for row in 0..<height {
                    (out + row * rowBytes).update(
                        from: base + start + row * self.width * channels, count: rowBytes)
                }
            }
        }
    }

    /// The square of `size` pixels in the middle.
    ///
    /// The upper left corner is at `(width - size) / 2` rounded half to even, as torchvision has
    /// it. Throws when the picture is smaller.
    public func centerCropped(_ size: Int) throws -> Image {
        guard size > 0, size <= width, size <= height else {
            throw ImageError(
                .argument,
                "centerCropped: expected a size of 1 to \(min(width, height)) for "
                    + "\(width)x\(height) pixels, got \(size)")
        }
        func start(_ extent: Int) -> Int {
            Int((Double(extent - size) / 2).rounded(.toNearestOrEven))
        }
        return try cropped(x: start(width), y: start(height), width: size, height: size)
    }

    /// The mirror image: left and right exchanged.
    public func flippedHorizontally() -> Image {
        var mirror = EXIFOrientation()
        mirror.value = 2
        return mirror.applied(to: self)
    }

    /// The picture turned counter-clockwise about its centre, in a frame of the same size.
    ///
    /// Bilinear; what comes from outside is black (transparent where there is alpha). Throws when
    /// `degrees` is not a finite number.
    public func rotated(degrees: Double) throws -> Image {
        guard degrees.isFinite else {
            throw ImageError(.argument, "rotated: expected a finite angle, got \(degrees)")
        }
        let angle = -degrees.truncatingRemainder(dividingBy: 360) * .pi / 180
        let (cosine, sine) = (cos(angle), sin(angle))
        let (centerX, centerY) = (Double(width) / 2, Double(height) / 2)
        let (width, height, channels) = (width, height, channels)
        let cancellation = Host.current.cancellation
        return try Image(
            width: width, height: height, channels: channels, count: bytes.count
        ) { out in
            try bytes.withUnsafeBufferPointer { source in
                guard let base = source.baseAddress else { return }
                for y in 0..<height {
                    try cancellation.check()
                    for x in 0..<width {
                        let (dx, dy) = (Double(x) + 0.5 - centerX, Double(y) + 0.5 - centerY)
                        let sourceX = cosine * dx + sine * dy + centerX
                        let sourceY = -sine * dx + cosine * dy + centerY
                        let target = out + (y * width + x) * channels
                        guard sourceX >= 0, sourceY >= 0, sourceX < Double(width),
                            sourceY < Double(height)
                        else {
                            target.update(repeating: 0, count: channels)
                            continue
                        }
                        Image.blend(
                            base, x: sourceX - 0.5, y: sourceY - 0.5, width: width, height: height,
                            channels: channels, into: target)
                    }
                }
            }
        }
    }

    /// The colour between the four pixels around (`x`, `y`), the border's pixels continued.
    @inline(__always)
    private static func blend(
        _ source: UnsafePointer<UInt8>, x: Double, y: Double, width: Int, height: Int,
        channels: Int, into target: UnsafeMutablePointer<UInt8>
    ) {
        let (floorX, floorY) = (x.rounded(.down), y.rounded(.down))
        let (partX, partY) = (x - floorX, y - floorY)
        let (left, top) = (max(Int(floorX), 0), max(Int(floorY), 0))
        let right = min(Int(floorX) + 1, width - 1)
        let bottom = min(Int(floorY) + 1, height - 1)
        for channel in 0..<channels {
            @inline(__always) func sample(_ x: Int, _ y: Int) -> Double {
                Double(source[(y * width + x) * channels + channel])
            }
            let upper = sample(left, top) * (1 - partX) + sample(right, top) * partX
            let lower = sample(left, bottom) * (1 - partX) + sample(right, bottom) * partX
            target[channel] = UInt8(upper * (1 - partY) + lower * partY)
        }
    }
}
