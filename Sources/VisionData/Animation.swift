import Hosting

/// Writes pictures of one size as an animation; the extension says the format: gif or webp.
///
/// Each picture is shown for `secondsPerFrame` (0.01 to 600; GIF counts in hundredths), all of them
/// `plays` times, without end for 0. Of each picture only the part is stored that differs from the
/// one before. `quality` (1 to 100) is for WebP, lossless at 100; a GIF has at most 256 colours a
/// picture. Throws `ImageError` when there is no picture, their sizes differ or the file cannot be
/// written, and `Interrupted`.
///
///     let turns = (0..<36).map { photo.rotated(degrees: 10 * Double($0)) }
///     try saveAnimation(turns, "turns.gif", secondsPerFrame: 0.05)
public func saveAnimation(
    _ frames: [Image], _ path: String, secondsPerFrame: Double = 0.1, plays: Int = 0,
    quality: Int = 90
) throws {
    let file = ImageFile(path)
    do {
        let animation = try Animation(frames, secondsPerFrame: secondsPerFrame, plays: plays)
        switch ImageFormat(path: path) {
        case .gif: try file.write(try GIFEncoder.encode(animation))
        case .webp: try file.write(try WebPAnimation.encode(animation, quality: quality))
        default:
            throw ImageError(.argument, "the extension names no animation, expected .gif or .webp")
        }
    } catch let error as ImageError {
        throw ImageError(
            error.kind, "saveAnimation: cannot write \(file.quoted): \(error.description)")
    }
}

/// Pictures that follow each other.
struct Animation {
    /// A part of a picture, which takes the place of what was there.
    struct Frame {
        let image: Image
        /// Even, as WebP counts.
        let x: Int
        let y: Int
    }

    let width: Int
    let height: Int
    let hasAlpha: Bool
    /// All of one size.
    let pictures: [Image]
    let milliseconds: Int
    /// 0 is without end.
    let plays: Int

    init(_ images: [Image], secondsPerFrame: Double, plays: Int) throws {
        guard let first = images.first else {
            throw ImageError(.argument, "expected at least one picture, got none")
        }
        if let index = images.firstIndex(where: {
            $0.width != first.width || $0.height != first.height
        }) {
            throw ImageError(
                .argument,
                "picture \(index) differs in size, expected \(first.width)x\(first.height), "
                    + "got \(images[index].width)x\(images[index].height)")
        }
        guard secondsPerFrame >= 0.01, secondsPerFrame <= 600 else {
            throw ImageError(
                .argument, "secondsPerFrame: expected 0.01 to 600, got \(secondsPerFrame)")
        }
        guard (0...65_535).contains(plays) else {
            throw ImageError(.argument, "plays: expected 0 to 65535, got \(plays)")
        }
        let hasAlpha = images.contains { $0.channels == 4 }
        pictures = images.map {
            hasAlpha && $0.channels == 4 ? $0.standard : $0.converted(to: .rgb)
        }
        (width, height) = (first.width, first.height)
        self.hasAlpha = hasAlpha
        milliseconds = Int((secondsPerFrame * 1000).rounded())
        self.plays = plays
    }

    /// The first picture, and what each other one changes of the one before.
    var changes: [Frame] {
        [Frame(image: pictures[0], x: 0, y: 0)]
            + zip(pictures, pictures.dropFirst()).map { before, image in
                let area = before.difference(from: image)
                return Frame(
                    image: image.part(area), x: area.columns.lowerBound, y: area.rows.lowerBound)
            }
    }
}

extension Image {
    /// The least part beyond which a picture of the same size is the same, from even places on; one
    /// pixel of equal pictures, all of pictures with other channels.
    fileprivate func difference(from other: Image) -> PixelArea {
        guard channels == other.channels else {
            return PixelArea(columns: 0..<width, rows: 0..<height)
        }
        var (left, right, top, bottom) = (width, 0, height, 0)
        let rowBytes = width * channels
        bytes.withUnsafeBufferPointer { mine in
            other.bytes.withUnsafeBufferPointer { theirs in
                for y in 0..<height {
                    let row = y * rowBytes..<(y + 1) * rowBytes
                    guard let first = row.first(where: { mine[$0] != theirs[$0] }),
                        let last = row.last(where: { mine[$0] != theirs[$0] })
                    else { continue }
                    left = min(left, (first - row.lowerBound) / channels)
                    right = max(right, (last - row.lowerBound) / channels + 1)
                    top = min(top, y)
                    bottom = y + 1
                }
            }
        }
        guard left < right else { return PixelArea(columns: 0..<1, rows: 0..<1) }
        return PixelArea(columns: left / 2 * 2..<right, rows: top / 2 * 2..<bottom)
    }
}
