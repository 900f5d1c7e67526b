import Language
import VisionEngine

private let cat = "let photo = try Image(\"cat.jpg\")\n"

/// Pictures: reading, looking, changing, writing.
@RowBuilder func imageRows() -> [Binding] {
    Binding.initializer(
        of: Image.self,
        arg("path", String.self, label: nil, "PNG, JPEG, WebP, GIF, TIFF, BMP, PPM"),
        summary: "Reads a picture, turned as the camera noted.", example: "try Image(\"cat.jpg\")"
    ) { path in try Image(path) }
    Binding.initializer(
        of: Image.self,
        arg("tensor", Tensor.self, label: nil, "[C, H, W] or [H, W]; 0...1, or uint8 [H, W, C]"),
        summary: "A picture of a tensor.", example: "Image(Tensor.rand([3, 8, 8]))"
    ) { tensor in try Image(tensor) }
    Binding.initializer(
        of: Image.self,
        arg("tensor", Tensor.self, label: "stretching", "[H, W], [C, H, W] or [N, C, H, W]"),
        summary: "A picture of any numbers, black at the least and white at the greatest.",
        example: "Image(stretching: Tensor.randn([1, 8, 8]))"
    ) { tensor in try Image(stretching: tensor) }
    Binding.initializer(
        of: Image.self,
        arg("tensor", Tensor.self, label: nil, "0...1, or int32 in 0...65535 for 16 bits"),
        arg("bitDepth", Int.self, "8 or 16"),
        summary: "A picture of a tensor with 8 or 16 bits a sample.",
        example: "Image(Tensor.rand([1, 8, 8]), bitDepth: 16).pixels.dtype"
    ) { tensor, bitDepth in try Image(tensor, bitDepth: bitDepth) }
    Binding.property(
        "bitDepth", of: Image.self, summary: "Bits a sample: 8 or 16.",
        example: cat + "photo.bitDepth"
    ) { $0.bitDepth }
    Binding.property(
        "width", of: Image.self, summary: "Pixels from left to right.", example: cat + "photo.width"
    ) { $0.width }
    Binding.property(
        "height", of: Image.self, summary: "Pixels from top to bottom.",
        example: cat + "photo.height"
    ) { $0.height }
    Binding.property(
        "channels", of: Image.self, summary: "1 for grey, 3 for RGB, 4 for RGB with alpha.",
        example: cat + "photo.channels"
    ) { $0.channels }
    Binding.property(
        "pixels", of: Image.self,
        summary: "The samples, [H, W, C] uint8, or int32 of a picture of 16 bits.",
        example: cat + "photo.pixels.shape"
    ) { try $0.pixels }
    Binding.property(
        "tensor", of: Image.self, summary: "The picture for a network, [C, H, W] float32 in 0...1.",
        example: cat + "photo.tensor.shape"
    ) { try $0.tensor }
    Binding.action(
        "save", of: Image.self,
        arg("path", String.self, label: nil, ".png .jpg .webp .gif .tiff .bmp .ppm"),
        arg("quality", Int.self, default: 90, "1 to 100, for JPEG and WebP"),
        summary: "Writes the picture; the extension says how.",
        example: cat + "try photo.save(\"out.png\")"
    ) { image, path, quality in try image.save(path, quality: quality) }
    Binding.method(
        "histogram", of: Image.self, summary: "How often each level occurs in each channel.",
        example: cat + "photo.histogram()"
    ) { image in image.histogram() }
    Binding.method(
        "plot", of: Histogram.self, summary: "The histogram as a chart.",
        example: cat + "photo.histogram().plot()"
    ) { histogram in histogram.plot() }
    Binding.function(
        "grid", arg("images", [Image].self, label: nil), arg("columns", Int?.self, default: nil),
        arg("captions", [String].self, default: [], "one below each picture"),
        summary: "Pictures side by side in one.",
        example: cat + "grid([photo, photo.grayscale()], columns: 2)"
    ) { images, columns, captions in try grid(images, columns: columns, captions: captions) }
    Binding.procedure(
        "show", arg("image", Image.self, label: nil), summary: "Shows a picture at once.",
        example: cat + "show(photo)"
    ) { image in try show(image) }
    Binding.procedure(
        "show", arg("tensor", Tensor.self, label: nil, "as Image(_:) takes it"),
        summary: "Shows a tensor as a picture at once.", example: "show(Tensor.rand([3, 8, 8]))"
    ) { tensor in try show(tensor) }
}
