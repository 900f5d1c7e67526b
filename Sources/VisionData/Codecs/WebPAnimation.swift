import Hosting

/// The container of an animated WebP, around pictures that libwebp encodes
/// (RFC 9649, section 2.7).
enum WebPAnimation {
    static func encode(_ animation: Animation, quality: Int) throws -> [UInt8] {
        guard (1...100).contains(quality) else {
            throw ImageError(.argument, "quality: expected 1 to 100, got \(quality)")
        }
        guard animation.width <= 16_383, animation.height <= 16_383 else {
            throw ImageError(
                .argument,
                "a WebP's sides have at most 16383 pixels, got "
                    + "\(animation.width)x\(animation.height)")
        }
        let frames = animation.changes
        let progress =
            frames.count >= 20
            ? ProgressReporter("Encoding", total: frames.count, unit: "pictures") : nil
        var file = Array("WEBP".utf8)
        var canvas = number(animation.hasAlpha ? 0x12 : 0x02, bytes: 4)
        canvas += number(animation.width - 1, bytes: 3)
        canvas += number(animation.height - 1, bytes: 3)
        file += chunk("VP8X", canvas)
        file += chunk("ANIM", number(0, bytes: 4) + number(animation.plays, bytes: 2))
        for frame in frames {
            try Host.current.cancellation.check()
            let picture = try WebPCodec.encode(frame.image, quality: quality)
            // Each takes the place of what was there and is not blended with it.
            var content = [
                frame.x / 2, frame.y / 2, frame.image.width - 1, frame.image.height - 1,
                animation.milliseconds,
            ].flatMap { number($0, bytes: 3) }
            content.append(0x02)
            content += data(of: picture)
            file += chunk("ANMF", content)
            progress?.advance()
        }
        progress?.finish()
        return chunk("RIFF", file)
    }

    /// The chunks of a still picture that hold its samples.
    private static func data(of picture: [UInt8]) -> [UInt8] {
        var data: [UInt8] = []
        var offset = 12
        while offset + 8 <= picture.count {
            let length = (0..<4).reduce(0) { $0 | Int(picture[offset + 4 + $1]) << (8 * $1) }
            let end = min(picture.count, offset + 8 + length + length % 2)
            if !picture[offset..<offset + 4].elementsEqual("VP8X".utf8) {
                data += picture[offset..<end]
            }
            offset = end
        }
        return data
    }

    /// A chunk is filled up to an even number of bytes.
    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        var chunk = Array(name.utf8)
        chunk += number(content.count, bytes: 4)
        chunk += content
        if content.count % 2 == 1 { chunk.append(0) }
        return chunk
    }

    /// From the lowest byte on.
    private static func number(_ value: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
