/// A line of text as pixels, for writing on pictures.
public struct TextRaster: Sendable {
    /// Pixels across.
    public let width: Int
    /// Pixels down.
    public let height: Int
    /// How much of each pixel the letters cover, 0 to 255, row by row.
    public let coverage: [UInt8]

    /// Draws `text` in the middle of `width` pixels.
    ///
    /// `size` is the height of the letters' body in pixels; the raster is 1.4 times as high. A long
    /// text is set in smaller letters, down to 9 pixels, and cut with an ellipsis beyond that.
    public init(_ text: String, width: Int, size: Double) throws {
        self.width = max(1, min(width, 32_000))
        height = max(1, min(Int((size * 1.4).rounded(.up)), 1_000))
        let canvas = try CairoCanvas(
            width: Double(self.width), height: Double(height), kind: .png(scale: 1))
        canvas.setFont(size: size)
        let share = Double(self.width) / max(1, canvas.measure(text))
        if share < 1 { canvas.setFont(size: max(min(9, size), size * share * 0.99)) }
        canvas.setColor("#000000")
        canvas.write(
            canvas.shortened(text, to: Double(self.width)), x: Double(self.width) / 2,
            y: size * 1.05,
            anchor: .middle)
        coverage = canvas.coverage()
    }
}
