import Glibc

extension Chart {
    /// Writes the chart to a file, whose name says what it becomes: `.png`, `.svg`, or `.json` and
    /// `.vl.json` for a Vega-Lite specification.
    ///
    ///     try Chart.line([1, 4, 9]).save("squares.png")
    ///     try Chart.line([1, 4, 9]).save("squares.svg", width: 480, height: 300)
    ///
    /// Width and height are in points, of which a PNG has two pixels each. Without a theme a PNG is
    /// drawn on white and an SVG on nothing, so that it is read on a dark page too. Throws where
    /// the name ends in something else, the size is not that of a picture or the file cannot be
    /// written.
    public func save(
        _ path: String, width: Int = 640, height: Int = 400, theme: Theme? = nil
    ) throws {
        let bytes: [UInt8]
        let size = (Double(width), Double(height))
        switch path.split(separator: ".").last?.lowercased() {
        case "png":
            bytes = try png(width: size.0, height: size.1, theme: theme ?? .light)
        case "svg":
            bytes = Array(try svg(width: size.0, height: size.1, theme: theme ?? .adaptive).utf8)
        case "json": bytes = Array(vegaLite.utf8)
        default:
            throw PlotError(
                "save: unknown kind of file, expected a name that ends in .png, .svg or .json, "
                    + "got \"\(path)\"")
        }
        guard let file = fopen(path, "wb") else { throw Self.unwritable(path) }
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count else { throw Self.unwritable(path) }
    }

    private static func unwritable(_ path: String) -> PlotError {
        PlotError("save: cannot write \"\(path)\": \(String(cString: strerror(errno)))")
    }
}
