extension Image {
    /// The part whose upper left corner is (`x`, `y`).
    ///
    /// Throws when the part is empty or reaches beyond the picture.
    public func cropped(x: Int, y: Int, width: Int, height: Int) throws -> Image {
        try UnreadImage(self).cropped(x: x, y: y, width: width, height: height).whole()
    }

    /// The square of `size` pixels in the middle.
    ///
    /// The upper left corner is at `(width - size) / 2` rounded half to even, as torchvision has
    /// it. Throws when the picture is smaller.
    public func centerCropped(_ size: Int) throws -> Image {
        try UnreadImage(self).centerCropped(size).whole()
    }

    /// Columns and rows that lie in the picture; the picture itself where they are all of it.
    func part(_ area: PixelArea) -> Image {
        if area.covers(width: width, height: height) { return self }
        return rearranged(
            Cut(
                area: area, rowCount: width * channels, channels: channels),
            width: area.columns.count, height: area.rows.count)
    }

    /// Where the middle `size` places of `extent` begin.
    static func middle(_ size: Int, of extent: Int) -> Int {
        Int((Double(extent - size) / 2).rounded(.toNearestOrEven))
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
