import Language
import VisionEngine

private let cat = "let photo = try Image(\"cat.jpg\")\n"

/// Changes of colours and levels.
@RowBuilder func imageLevelRows() -> [Binding] {
    Binding.method(
        "inverted", of: Image.self, summary: "The negative.", example: cat + "photo.inverted()"
    ) { image in image.inverted() }
    Binding.method(
        "posterized", of: Image.self, arg("bits", Int.self, "1 to 8"),
        summary: "Only the upper bits of each value.", example: cat + "photo.posterized(bits: 2)"
    ) { image, bits in try image.posterized(bits: bits) }
    Binding.method(
        "solarized", of: Image.self, arg("threshold", Int.self, default: 128),
        summary: "Values of at least a threshold inverted.", example: cat + "photo.solarized()"
    ) { image, threshold in try image.solarized(threshold: threshold) }
    Binding.method(
        "autoContrasted", of: Image.self,
        arg("cutoff", Double.self, default: 0, "share of pixels passed over at each end"),
        summary: "Each channel stretched to its full range.",
        example: cat + "photo.autoContrasted(cutoff: 0.01)"
    ) { image, cutoff in try image.autoContrasted(cutoff: cutoff) }
    Binding.method(
        "equalized", of: Image.self, summary: "Each channel's histogram made flat.",
        example: cat + "photo.grayscale().equalized().histogram()"
    ) { image in image.equalized() }
    Binding.method(
        "clahe", of: Image.self,
        arg("clipLimit", Double.self, default: 0.01, "greatest share of one level; 0 is none"),
        arg("tiles", Int.self, default: 8, "across and down"),
        summary: "Local contrast made even, tile by tile.",
        example: cat + "photo.clahe(clipLimit: 0.02)"
    ) { image, clipLimit, tiles in try image.clahe(clipLimit: clipLimit, tiles: tiles) }
    Binding.method(
        "blurred", of: Image.self, arg("sigma", Double.self, "pixels"),
        arg("border", PadMode.self, default: .edge),
        summary: "Blurred with a Gaussian.", example: cat + "photo.blurred(sigma: 2)"
    ) { image, sigma, border in try image.blurred(sigma: sigma, border: border) }
    Binding.method(
        "sharpened", of: Image.self, arg("amount", Double.self, default: 1),
        arg("sigma", Double.self, default: 1, "pixels"),
        summary: "Edges emphasised by unsharp masking.",
        example: cat + "photo.sharpened(amount: 1.5)"
    ) { image, amount, sigma in try image.sharpened(amount: amount, sigma: sigma) }
    Binding.method(
        "converted", of: Tensor.self, arg("source", ColorSpace.self, label: "from"),
        arg("target", ColorSpace.self, label: "to"),
        summary: "Colours [C, H, W] in another colour space, exact.",
        example: cat + "photo.tensor.converted(from: .rgb, to: .lab)"
    ) { tensor, source, target in try tensor.converted(from: source, to: target) }
}

/// Changes of places.
@RowBuilder func imageWarpRows() -> [Binding] {
    let interpolation = arg("interpolation", Interpolation.self, default: .bilinear)
    let border = arg("border", PadMode.self, default: .constant, "what comes in from outside")
    let color = arg("color", [Int]?.self, default: nil, "one number a channel, for .constant")
    let mode = arg("mode", PadMode.self, default: .constant)
    Binding.method(
        "padded", of: Image.self, arg("count", Int.self, label: nil), mode, color,
        summary: "More pixels on each side.", example: cat + "photo.padded(8, mode: .reflect)"
    ) { image, count, mode, color in try image.padded(count, mode: mode, color: color) }
    Binding.method(
        "padded", of: Image.self, arg("left", Int.self), arg("top", Int.self),
        arg("right", Int.self), arg("bottom", Int.self), mode, color,
        summary: "More pixels on some sides.",
        example: cat + "photo.padded(left: 4, top: 0, right: 4, bottom: 0)"
    ) { image, left, top, right, bottom, mode, color in
        try image.padded(
            left: left, top: top, right: right, bottom: bottom, mode: mode, color: color)
    }
    for mode in PadMode.allCases {
        Binding.staticProperty(
            mode.rawValue, of: PadMode.self, summary: "What lies beyond the border.",
            example: cat + "photo.padded(8, mode: .\(mode.rawValue))"
        ) { mode }
    }
    Binding.method(
        "rotated", of: Image.self, arg("degrees", Double.self, "counter-clockwise"),
        arg("expands", Bool.self, default: false, "a frame that holds all of it"),
        interpolation, border, summary: "Turned about its middle.",
        example: cat + "photo.rotated(degrees: 15)"
    ) { image, degrees, expands, interpolation, border in
        try image.rotated(
            degrees: degrees, expands: expands, interpolation: interpolation, border: border)
    }
    Binding.method(
        "affine", of: Image.self, arg("degrees", Double.self, default: 0, "counter-clockwise"),
        arg("scale", Double.self, default: 1), arg("shear", Double.self, default: 0, "degrees"),
        arg("x", Double.self, default: 0, "pixels to the right"),
        arg("y", Double.self, default: 0, "pixels down"), interpolation, border,
        summary: "Turned, leaned, magnified and shifted about its middle.",
        example: cat + "photo.affine(degrees: 10, scale: 1.2, x: 8)"
    ) { image, degrees, scale, shear, x, y, interpolation, border in
        try image.affine(
            degrees: degrees, scale: scale, shear: shear, x: x, y: y,
            interpolation: interpolation, border: border)
    }
    Binding.method(
        "perspective", of: Image.self, arg("source", [[Double]].self, label: "from", "four [x, y]"),
        arg("target", [[Double]].self, label: "to", "where they come to lie"), interpolation,
        border, summary: "Seen from another place: four points move.",
        example: cat + """
            let corners = [[0, 0], [48, 0], [48, 40], [0, 40]]
            photo.perspective(from: corners, to: [[8, 4], [48, 0], [48, 40], [2, 36]])
            """
    ) { image, source, target, interpolation, border in
        try image.perspective(
            from: source, to: target, interpolation: interpolation, border: border)
    }
    Binding.method(
        "flippedHorizontally", of: Image.self, summary: "Left and right exchanged.",
        example: cat + "photo.flippedHorizontally()"
    ) { image in image.flippedHorizontally() }
    Binding.method(
        "flippedVertically", of: Image.self, summary: "Top and bottom exchanged.",
        example: cat + "photo.flippedVertically()"
    ) { image in image.flippedVertically() }
    Binding.method(
        "transposed", of: Image.self, summary: "Rows and columns exchanged.",
        example: cat + "photo.transposed()"
    ) { image in image.transposed() }
}

/// Ways to look at pictures.
@RowBuilder func imageViewRows() -> [Binding] {
    Binding.property(
        "colorSpace", of: Image.self, summary: "What the channels mean.",
        example: cat + "photo.converted(to: .lab).colorSpace"
    ) { $0.colorSpace }
    Binding.method(
        "planes", of: Image.self, arg("tinted", Bool.self, default: false, "in their own colour"),
        summary: "Each channel as a picture.",
        example: cat + "photo.converted(to: .hsv).planes()"
    ) { image, tinted in try image.planes(tinted: tinted) }
    Binding.method(
        "pixelValues", of: Image.self, arg("x", Int.self, default: 0),
        arg("y", Int.self, default: 0), arg("width", Int?.self, default: nil, "32 at most"),
        arg("height", Int?.self, default: nil, "32 at most"),
        summary: "The pixels as large squares with their numbers.",
        example: cat + "photo.pixelValues(x: 8, y: 8, width: 6, height: 4)"
    ) { image, x, y, width, height in
        try image.pixelValues(x: x, y: y, width: width, height: height)
    }
    Binding.method(
        "difference", of: Image.self, arg("other", Image.self, label: "from"),
        arg("gain", Double.self, default: 1),
        summary: "How far each value is from that of another picture.",
        example: cat + "photo.difference(from: photo.blurred(sigma: 1), gain: 4)"
    ) { image, other, gain in try image.difference(from: other, gain: gain) }
    Binding.method(
        "compared", of: Image.self, arg("other", Image.self, label: "with"),
        summary: "Two pictures and their difference side by side.",
        example: cat + "photo.compared(with: photo.blurred(sigma: 1))"
    ) { image, other in try image.compared(with: other) }
    Binding.method(
        "overlaid", of: Image.self, arg("overlay", Image.self, label: "with"),
        arg("opacity", Double.self, default: 0.5),
        arg("color", [Int].self, default: [255, 0, 0], "paints where a grey overlay is bright"),
        summary: "With another picture laid over it: a mask, edges, a map.",
        example: cat + "photo.overlaid(with: photo.grayscale(), opacity: 0.8)"
    ) { image, overlay, opacity, color in
        try image.overlaid(with: overlay, opacity: opacity, color: color)
    }
    Binding.initializer(
        of: Gallery.self, arg("images", [Image].self, label: nil),
        arg("captions", [String].self, default: []), arg("columns", Int?.self, default: nil),
        summary: "Pictures with captions, which show themselves as a sheet.",
        example: cat + "Gallery([photo, photo.inverted()], captions: [\"photo\", \"negative\"])"
    ) { images, captions, columns in
        try Gallery(images, captions: captions, columns: columns)
    }
    Binding.subscript(
        of: Gallery.self, arg("index", Int.self, label: nil, "negative from the end"),
        summary: "One of the pictures.", example: cat + "photo.planes()[0]"
    ) { gallery, index in try gallery.picture(index) }
    Binding.property(
        "count", of: Gallery.self, summary: "The number of pictures.",
        example: cat + "photo.planes().count"
    ) { $0.count }
    Binding.property(
        "captions", of: Gallery.self, summary: "What stands under each picture.",
        example: cat + "photo.planes().captions"
    ) { $0.captions }
    Binding.method(
        "sheet", of: Gallery.self, summary: "The sheet as one picture.",
        example: cat + "photo.planes().sheet().save(\"planes.png\")"
    ) { gallery in try gallery.sheet() }
}
