import Language
import VisionEngine

private let cat = "let photo = try Image(\"cat.jpg\")\n"

/// Changed pictures.
@RowBuilder func imageTransformRows() -> [Binding] {
    Binding.method(
        "resized", of: Image.self, arg("width", Int.self, label: nil),
        arg("height", Int.self, label: nil),
        arg("interpolation", Interpolation.self, default: .bilinear),
        summary: "In another size, antialiased.", example: cat + "photo.resized(32, 32)"
    ) { image, width, height, interpolation in
        try image.resized(width, height, interpolation: interpolation)
    }
    Binding.method(
        "resized", of: Image.self, arg("shortSide", Int.self),
        arg("interpolation", Interpolation.self, default: .bilinear),
        summary: "In a size whose shorter side is given, proportions kept.",
        example: cat + "photo.resized(shortSide: 32)"
    ) { image, shortSide, interpolation in
        try image.resized(shortSide: shortSide, interpolation: interpolation)
    }
    Binding.method(
        "centerCropped", of: Image.self, arg("size", Int.self, label: nil),
        summary: "The square in the middle.", example: cat + "photo.centerCropped(16)"
    ) { image, size in try image.centerCropped(size) }
    Binding.method(
        "cropped", of: Image.self, arg("x", Int.self), arg("y", Int.self),
        arg("width", Int.self), arg("height", Int.self),
        summary: "A part, from its upper left corner.",
        example: cat + "photo.cropped(x: 0, y: 0, width: 8, height: 8)"
    ) { image, x, y, width, height in
        try image.cropped(x: x, y: y, width: width, height: height)
    }
    Binding.method(
        "grayscale", of: Image.self, summary: "Brightness alone, one channel.",
        example: cat + "photo.grayscale()"
    ) { image in image.grayscale() }
    Binding.method(
        "adjusted", of: Image.self,
        arg("brightness", Double.self, default: 0, "1 is from black to white"),
        arg("contrast", Double.self, default: 1), arg("saturation", Double.self, default: 1),
        arg("hue", Double.self, default: 0, "degrees along the colour circle"),
        arg("gamma", Double.self, default: 1),
        summary: "Brighter or darker, with other contrast, colours or gamma.",
        example: cat + "photo.adjusted(brightness: 0.1, contrast: 1.2)"
    ) { image, brightness, contrast, saturation, hue, gamma in
        try image.adjusted(
            brightness: brightness, contrast: contrast, saturation: saturation, hue: hue,
            gamma: gamma)
    }
    Binding.method(
        "converted", of: Image.self, arg("space", ColorSpace.self, label: "to"),
        summary: "In another colour space.", example: cat + "photo.converted(to: .gray)"
    ) { image, space in image.converted(to: space) }
    for interpolation in Interpolation.allCases {
        Binding.staticProperty(
            interpolation.rawValue, of: Interpolation.self,
            summary: "A way to find pixels between pixels.",
            example: cat + "photo.resized(16, 16, interpolation: .\(interpolation.rawValue))"
        ) { interpolation }
    }
    for space in ColorSpace.allCases {
        Binding.staticProperty(
            space.rawValue, of: ColorSpace.self, summary: "What the channels mean.",
            example: cat + "photo.converted(to: .\(space.rawValue))"
        ) { space }
    }
}
