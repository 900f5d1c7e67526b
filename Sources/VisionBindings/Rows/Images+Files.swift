import Language
import VisionEngine

private let info = "let info = try ImageInfo(\"cat.jpg\")\n"

/// Files of pictures.
@RowBuilder func imageFileRows() -> [Binding] {
    Binding.staticMethod(
        "frames", of: Image.self,
        arg("path", String.self, label: nil, "animated GIF or WebP, TIFF of many pages"),
        summary: "Reads every frame or page; of other pictures the one there is.",
        example: "Image.frames(\"cat.jpg\").count"
    ) { path in try Image.frames(path) }
    Binding.procedure(
        "saveAnimation", arg("frames", [Image].self, label: nil),
        arg("path", String.self, label: nil, ".gif or .webp"),
        arg("secondsPerFrame", Double.self, default: 0.1),
        arg("plays", Int.self, default: 0, "how often; 0 is without end"),
        arg("quality", Int.self, default: 90, "1 to 100, for WebP; 100 is lossless"),
        summary: "Writes pictures of one size as an animation.",
        example: "let photo = try Image(\"cat.jpg\").resized(32, 32)\n"
            + "try saveAnimation([photo, photo.flippedHorizontally()], \"mirror.gif\")"
    ) { frames, path, seconds, plays, quality in
        try saveAnimation(
            frames, path, secondsPerFrame: seconds, plays: plays, quality: quality)
    }
    Binding.function(
        "loadImages", arg("folder", String.self, label: nil),
        arg("damaged", DamagedFiles.self, default: .refuse, "what becomes of damaged files"),
        summary: "Reads every picture of a folder and those in it, on all processors.",
        example: "let photos = try loadImages(\"pets\")\ngrid(photos)"
    ) { folder, damaged in try loadImages(folder, damaged: damaged) }
    Binding.function(
        "withPixelLimit", arg("limit", Int.self, label: nil, "134 million unless changed"),
        arg("body", Block.self, label: nil),
        summary: "Runs the block with another limit on the pixels of a picture.",
        example: "withPixelLimit(400_000_000) { try Image(\"cat.jpg\") }"
    ) { limit, body in try withPixelLimit(limit) { try body.call() } }
    Binding.initializer(
        of: ImageInfo.self, arg("path", String.self, label: nil),
        summary: "What a picture file says of itself, without its pixels.",
        example: "ImageInfo(\"cat.jpg\")"
    ) { path in try ImageInfo(path) }
    Binding.property(
        "format", of: ImageInfo.self, summary: "The kind of file, recognised by content.",
        example: info + "info.format"
    ) { $0.format }
    Binding.property(
        "width", of: ImageInfo.self, summary: "Pixels from left to right.",
        example: info + "info.width"
    ) { $0.width }
    Binding.property(
        "height", of: ImageInfo.self, summary: "Pixels from top to bottom.",
        example: info + "info.height"
    ) { $0.height }
    Binding.property(
        "bitDepth", of: ImageInfo.self, summary: "Bits a sample in the file.",
        example: info + "info.bitDepth"
    ) { $0.bitDepth }
    Binding.property(
        "frameCount", of: ImageInfo.self, summary: "How many frames or pages there are.",
        example: info + "info.frameCount"
    ) { $0.frameCount }
    Binding.property(
        "orientation", of: ImageInfo.self, summary: "How the camera was held, 1 to 8 as in EXIF.",
        example: info + "info.orientation"
    ) { $0.orientation }
    Binding.property(
        "colorProfile", of: ImageInfo.self,
        summary: "The name of the ICC profile, which is noted and not applied.",
        example: info + "info.colorProfile ?? \"none\""
    ) { $0.colorProfile }
}
