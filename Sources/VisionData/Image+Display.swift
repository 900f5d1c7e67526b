import Hosting
import Plots

extension Image: Displayable {
    /// A PNG to look at beside the description: a wide picture is shown with at most 1024 pixels
    /// across, a small one enlarged by a whole number so that its pixels can be seen.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = MIMEBundle(plain: description)
        bundle["image/png"] = .bytes(try PNGCodec.encode(try standard.sizedForDisplay(), level: 2))
        return bundle
    }
}

extension Image: CollectionDisplayable {
    /// The pictures as a sheet with their names below them.
    public static func mimeBundle(of values: [(name: String, value: Image)]) throws -> MIMEBundle {
        let isNamed = values.contains { !$0.name.isEmpty }
        return try sheet(values.map(\.value), captions: isNamed ? values.map(\.name) : [])
    }

    /// The most pictures that a sheet shows.
    private static let mostPictures = 40

    /// Pictures as a sheet, of many only the first; large ones are made small first.
    package static func sheet(_ images: [Image], captions: [String]) throws -> MIMEBundle {
        let shown = try images.prefix(mostPictures).map {
            images.count > 1 ? try $0.reduced(to: 256) : $0
        }
        var bundle = try grid(
            shown, columns: min(8, shown.count), captions: Array(captions.prefix(mostPictures))
        ).mimeBundle()
        let hidden = images.count - shown.count
        bundle["text/plain"] = .text(
            images.count == 1
                ? "\(images[0])"
                : "\(images.count) pictures"
                    + (hidden > 0 ? ", the first \(shown.count) shown" : ""))
        return bundle
    }
}

extension Image {
    /// The picture as lines of coloured characters, at most `columns` of them across.
    ///
    /// Transparent parts lie on white.
    public func terminalText(
        columns: Int = 80, rows: Int = .max, colors: TerminalPicture.Colors = .full
    ) -> String {
        // A smooth copy first: it is quicker and looks better than the terminal's own scaling.
        let limit = max(1, min(columns, 1000)) * 2
        let scaled = width > limit ? try? resized(limit, max(1, height * limit / width)) : self
        let picture = (scaled ?? self).flattened().converted(to: .rgb)
        return TerminalPicture(width: picture.width, height: picture.height, rgb: picture.bytes)
            .text(columns: columns, rows: rows, colors: colors)
    }

    /// The picture as sixels of so many pixels, for terminals that show them. Transparent parts lie on
    /// white.
    ///
    /// Throws where the size is none that a picture can have.
    public func sixelText(width: Int, height: Int) throws -> String {
        let scaled =
            (width, height) == (self.width, self.height) ? self : try resized(width, height)
        let picture = scaled.flattened().converted(to: .rgb)
        return SixelPicture(width: picture.width, height: picture.height, rgb: picture.bytes).text
    }

    /// The size in which a page shows the picture.
    func sizedForDisplay() throws -> Image {
        let widest = 1024
        let tallest = 2048
        if width > widest || height > tallest {
            let scale = min(Double(widest) / Double(width), Double(tallest) / Double(height))
            return try resized(
                max(1, Int(Double(width) * scale)), max(1, Int(Double(height) * scale)))
        }
        let factor = Image.enlargement(max(width, height))
        return factor == 1
            ? self : try resized(width * factor, height * factor, interpolation: .nearest)
    }

    /// The whole number that makes a side of `length` pixels about 224 pixels long.
    static func enlargement(_ length: Int) -> Int { length > 112 ? 1 : max(1, 224 / length) }
}
