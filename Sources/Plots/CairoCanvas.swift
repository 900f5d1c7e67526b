import CCairo

/// A surface to draw on, which ends up as an SVG document, as a PNG file or as pixels.
///
/// Coordinates are in points from the upper left corner.
final class CairoCanvas {
    enum Kind {
        case svg
        /// `scale` pixels a point.
        case png(scale: Double)
    }

    enum Anchor { case start, middle, end }

    private(set) var width: Double
    private(set) var height: Double
    private let surface: OpaquePointer
    private let context: OpaquePointer
    private let isVector: Bool
    private let sink: Sink

    /// Where cairo writes the document to.
    private final class Sink {
        var bytes: [UInt8] = []

        static let write: cairo_write_func_t = { closure, data, length in
            guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
            let sink = Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
            sink.bytes += UnsafeBufferPointer(start: data, count: Int(length))
            return CAIRO_STATUS_SUCCESS
        }
    }

    /// An empty canvas; throws when cairo cannot make one of this size.
    init(width: Double, height: Double, kind: Kind) throws {
        guard (1...30_000).contains(width), (1...30_000).contains(height) else {
            throw PlotError(
                "plot: the size is out of range, expected 1 to 30000 points, got \(width)x\(height)"
            )
        }
        self.width = width
        self.height = height
        sink = Sink()
        switch kind {
        case .svg:
            isVector = true
            let closure = Unmanaged.passUnretained(sink).toOpaque()
            surface = cairo_svg_surface_create_for_stream(Sink.write, closure, width, height)
            cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX)
        case .png(let scale):
            isVector = false
            surface = cairo_image_surface_create(
                CAIRO_FORMAT_ARGB32, Int32((width * scale).rounded()),
                Int32((height * scale).rounded()))
            cairo_surface_set_device_scale(surface, scale, scale)
        }
        context = cairo_create(surface)
        let status = cairo_status(context)
        guard status == CAIRO_STATUS_SUCCESS else {
            cairo_destroy(context)
            cairo_surface_destroy(surface)
            throw PlotError(operation: "draw a chart of \(width)x\(height) points", status: status)
        }
        cairo_select_font_face(
            context, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// The finished document; nothing can be drawn afterwards.
    func finish() throws -> [UInt8] {
        var status = CAIRO_STATUS_SUCCESS
        if isVector {
            cairo_surface_finish(surface)
            status = cairo_surface_status(surface)
        } else {
            let closure = Unmanaged.passUnretained(sink).toOpaque()
            status = cairo_surface_write_to_png_stream(surface, Sink.write, closure)
        }
        guard status == CAIRO_STATUS_SUCCESS else {
            throw PlotError(operation: "write a drawing", status: status)
        }
        return sink.bytes
    }

    /// How much of each pixel is covered, row by row, for a picture surface.
    func coverage() -> [UInt8] {
        cairo_surface_flush(surface)
        guard let data = cairo_image_surface_get_data(surface) else { return [] }
        let columns = Int(cairo_image_surface_get_width(surface))
        let rows = Int(cairo_image_surface_get_height(surface))
        let stride = Int(cairo_image_surface_get_stride(surface))
        var result: [UInt8] = []
        result.reserveCapacity(columns * rows)
        for y in 0..<rows {
            let row = UnsafeRawPointer(data + y * stride)
            for x in 0..<columns {
                let pixel = row.loadUnaligned(fromByteOffset: 4 * x, as: UInt32.self)
                result.append(UInt8(truncatingIfNeeded: pixel >> 24))
            }
        }
        return result
    }

    /// Sets the colour of what is drawn next: `#rrggbb`.
    func setColor(_ hex: String, opacity: Double = 1) {
        let value = UInt32(hex.dropFirst(), radix: 16) ?? 0x333333
        func part(_ shift: UInt32) -> Double { Double(value >> shift & 255) / 255 }
        cairo_set_source_rgba(context, part(16), part(8), part(0), opacity)
    }

    func fillRectangle(x: Double, y: Double, width: Double, height: Double) {
        cairo_rectangle(context, x, y, width, height)
        cairo_fill(context)
    }

    func fillCircle(x: Double, y: Double, radius: Double) {
        cairo_new_sub_path(context)
        cairo_arc(context, x, y, radius, 0, 2 * .pi)
        cairo_fill(context)
    }

    func stroke(
        _ points: [(x: Double, y: Double)], width: Double, isDashed: Bool = false
    ) {
        guard let first = points.first else { return }
        cairo_set_dash(context, [6, 3], isDashed ? 2 : 0, 0)
        cairo_set_line_width(context, width)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        cairo_move_to(context, first.x, first.y)
        for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
        cairo_stroke(context)
    }

    func fill(_ points: [(x: Double, y: Double)]) {
        guard let first = points.first else { return }
        cairo_move_to(context, first.x, first.y)
        for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
        cairo_close_path(context)
        cairo_fill(context)
    }

    /// Draws only within a rectangle while `body` runs.
    func clipped(x: Double, y: Double, width: Double, height: Double, _ body: () -> Void) {
        cairo_save(context)
        cairo_rectangle(context, x, y, width, height)
        cairo_clip(context)
        body()
        cairo_restore(context)
    }

    /// Draws within a rectangle as if it were the whole canvas while `body` runs.
    func panel(x: Double, y: Double, width: Double, height: Double, _ body: () -> Void) {
        let whole = (self.width, self.height)
        cairo_save(context)
        cairo_translate(context, x, y)
        (self.width, self.height) = (width, height)
        body()
        (self.width, self.height) = whole
        cairo_restore(context)
    }

    /// Draws a picture over a rectangle; one that is enlarged keeps its pixels' edges.
    func draw(_ picture: Chart.Picture, x: Double, y: Double, width: Double, height: Double) {
        guard
            let image = cairo_image_surface_create(
                CAIRO_FORMAT_RGB24, Int32(picture.width), Int32(picture.height))
        else { return }
        defer { cairo_surface_destroy(image) }
        guard cairo_surface_status(image) == CAIRO_STATUS_SUCCESS,
            let data = cairo_image_surface_get_data(image)
        else { return }
        let stride = Int(cairo_image_surface_get_stride(image))
        for row in 0..<picture.height {
            for column in 0..<picture.width {
                let offset = 3 * (row * picture.width + column)
                let pixel =
                    UInt32(picture.rgb[offset]) << 16 | UInt32(picture.rgb[offset + 1]) << 8
                    | UInt32(picture.rgb[offset + 2])
                UnsafeMutableRawPointer(data + row * stride + 4 * column)
                    .storeBytes(of: pixel, as: UInt32.self)
            }
        }
        cairo_surface_mark_dirty(image)
        cairo_save(context)
        cairo_translate(context, x, y)
        cairo_scale(context, width / Double(picture.width), height / Double(picture.height))
        cairo_set_source_surface(context, image, 0, 0)
        cairo_pattern_set_filter(
            cairo_get_source(context),
            width > Double(picture.width) ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD)
        cairo_paint(context)
        cairo_restore(context)
    }

    func setFont(size: Double, isBold: Bool = false) {
        cairo_select_font_face(
            context, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
            isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
        cairo_set_font_size(context, size)
    }

    /// The width that a text takes in the present font.
    func measure(_ text: String) -> Double {
        var extents = cairo_text_extents_t()
        cairo_text_extents(context, text, &extents)
        return extents.x_advance
    }

    /// Writes a text whose baseline starts, has its middle or ends at (`x`, `y`).
    func write(
        _ text: String, x: Double, y: Double, anchor: Anchor = .start, isUpward: Bool = false
    ) {
        let width = measure(text)
        let shift = anchor == .start ? 0 : anchor == .middle ? width / 2 : width
        cairo_save(context)
        cairo_translate(context, x, y)
        if isUpward { cairo_rotate(context, -.pi / 2) }
        cairo_move_to(context, -shift, 0)
        cairo_show_text(context, text)
        cairo_restore(context)
    }

    /// The text cut to a width, with an ellipsis where something was left out.
    func shortened(_ text: String, to width: Double) -> String {
        guard measure(text) > width else { return text }
        var kept = text
        while !kept.isEmpty, measure(kept + "…") > width { kept.removeLast() }
        return kept + "…"
    }
}

/// A drawing that could not be made or written.
public struct PlotError: Error, Sendable, CustomStringConvertible {
    /// What could not be done, and why.
    public let description: String

    init(_ description: String) { self.description = description }

    init(operation: String, status: cairo_status_t) {
        description =
            "plot: cannot \(operation): \(String(cString: cairo_status_to_string(status)))"
    }
}
