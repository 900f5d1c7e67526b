import Plots

/// Several pictures as one, in rows of `columns`, each centred in a cell of the largest's size.
///
/// Small pictures are enlarged by a whole number, so that a sheet of 28x28 digits can be seen and
/// its captions read. `captions[i]` stands under picture `i`; there may be fewer captions than
/// pictures. Without `columns` up to four stand in one row, and more about as wide as high, with at
/// most 8 columns. Throws when there is no picture, `columns` is not positive, or the sheet exceeds
/// `Image.pixelLimit`.
///
///     grid([photo, photo.flippedHorizontally()], columns: 2, captions: ["photo", "mirrored"])
public func grid(_ images: [Image], columns: Int? = nil, captions: [String] = []) throws -> Image {
    guard !images.isEmpty else {
        throw ImageError(.argument, "grid: expected at least one picture, got none")
    }
    let square = Int(Double(images.count).squareRoot().rounded(.up))
    let wanted = columns ?? (images.count <= 4 ? images.count : min(8, square))
    guard wanted > 0 else {
        throw ImageError(.argument, "grid: expected at least 1 column, got \(wanted)")
    }
    return try ImageSheet(images, columns: min(wanted, images.count), captions: captions).image()
}

/// The arrangement of pictures on a white sheet.
private struct ImageSheet {
    let images: [Image]
    let captions: [String]
    let columns: Int
    let factor: Int
    let cellWidth: Int
    let cellHeight: Int
    let captionSize: Double

    private static let gap = 6

    init(_ images: [Image], columns: Int, captions: [String]) {
        self.images = images
        self.captions = captions
        self.columns = columns
        let width = images.map(\.width).max() ?? 1
        let height = images.map(\.height).max() ?? 1
        factor = max(1, (captions.isEmpty ? 96 : 120) / max(width, height))
        cellWidth = width * factor
        cellHeight = height * factor
        captionSize = max(11, min(18, Double(cellWidth) / 9))
    }

    private var captionHeight: Int {
        captions.isEmpty ? 0 : Int((captionSize * 1.4).rounded(.up)) + 2
    }

    func image() throws -> Image {
        let rows = (images.count + columns - 1) / columns
        let stepX = cellWidth + Self.gap
        let stepY = cellHeight + captionHeight + Self.gap
        let width = columns.multipliedReportingOverflow(by: stepX)
        let height = rows.multipliedReportingOverflow(by: stepY)
        let isGray = images.allSatisfy { $0.channels == 1 }
        let channels = isGray ? 1 : 3
        guard !width.overflow, !height.overflow else {
            throw ImageError(.tooLarge, "grid: the sheet of \(images.count) pictures is too large")
        }
        let sheetWidth = width.partialValue + Self.gap
        let sheetHeight = height.partialValue + Self.gap
        let count = try Image.byteCount(
            width: sheetWidth, height: sheetHeight, channels: channels)
        var bytes = [UInt8](repeating: 255, count: count)
        for (index, image) in images.enumerated() {
            let left = Self.gap + index % columns * stepX
            let top = Self.gap + index / columns * stepY
            let picture = try prepared(image, isGray: isGray)
            paste(
                picture, left + (cellWidth - picture.width) / 2,
                top + (cellHeight - picture.height) / 2, into: &bytes, sheetWidth)
            if index < captions.count, !captions[index].isEmpty {
                let text = try TextRaster(captions[index], width: cellWidth, size: captionSize)
                write(
                    text, left, top + cellHeight + 2, into: &bytes, sheetWidth, channels: channels)
            }
        }
        return Image(unchecked: bytes, width: sheetWidth, height: sheetHeight, channels: channels)
    }

    private func prepared(_ image: Image, isGray: Bool) throws -> Image {
        let opaque = image.flattened().converted(to: isGray ? .gray : .rgb)
        guard factor > 1 else { return opaque }
        return try opaque.resized(
            image.width * factor, image.height * factor, interpolation: .nearest)
    }

    private func paste(
        _ image: Image, _ left: Int, _ top: Int, into bytes: inout [UInt8], _ sheetWidth: Int
    ) {
        let rowBytes = image.width * image.channels
        for y in 0..<image.height {
            let target = ((top + y) * sheetWidth + left) * image.channels
            bytes.replaceSubrange(
                target..<target + rowBytes, with: image.bytes[y * rowBytes..<(y + 1) * rowBytes])
        }
    }

    private func write(
        _ text: TextRaster, _ left: Int, _ top: Int, into bytes: inout [UInt8], _ sheetWidth: Int,
        channels: Int
    ) {
        for y in 0..<min(text.height, captionHeight) {
            for x in 0..<text.width {
                let cover = Int(text.coverage[y * text.width + x])
                guard cover > 0 else { continue }
                let target = ((top + y) * sheetWidth + left + x) * channels
                for channel in 0..<channels {
                    bytes[target + channel] = UInt8(
                        (Int(bytes[target + channel]) * (255 - cover)
                            + 0x33 * cover) / 255)
                }
            }
        }
    }
}
