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
        let (rowBytes, start) = (width * channels, (y * self.width + x) * channels)
        return try resembling(width: width, height: height) { out in
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
        let (columns, rows) = (Image.middle(size, of: width), Image.middle(size, of: height))
        return try cropped(
            x: columns.lowerBound, y: rows.lowerBound, width: size, height: size)
    }

    /// The middle `size` places of `extent`.
    static func middle(_ size: Int, of extent: Int) -> Range<Int> {
        let start = Int((Double(extent - size) / 2).rounded(.toNearestOrEven))
        return start..<start + size
    }

    /// The mirror image: left and right exchanged.
    public func flippedHorizontally() -> Image {
        EXIFOrientation(2).applied(to: self)
    }

    /// Upside down: top and bottom exchanged.
    public func flippedVertically() -> Image {
        EXIFOrientation(4).applied(to: self)
    }

    /// Rows and columns exchanged.
    public func transposed() -> Image {
        EXIFOrientation(5).applied(to: self)
    }
}
