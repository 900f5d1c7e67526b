import Plots
import Tensors

extension Chart {
    /// Pictures in rows of `columns`, with captions under them, as a chart that can be saved as a
    /// drawing; `grid` makes one picture of them instead.
    ///
    /// Without `columns` up to four stand in one row, and more about as wide as high. Throws where
    /// there is no picture or there are more than 400, or `columns` is not positive.
    ///
    ///     Chart.images([photo, photo.flippedHorizontally()], captions: ["photo", "mirrored"])
    public static func images(
        _ images: [Image], columns: Int? = nil, captions: [String] = [], title: String = ""
    ) throws -> Chart {
        guard (1...400).contains(images.count) else {
            throw ImageError(
                .argument, "images: expected 1 to 400 pictures, got \(images.count)")
        }
        let square = Int(Double(images.count).squareRoot().rounded(.up))
        let columns = columns ?? (images.count <= 4 ? images.count : square)
        guard columns > 0 else {
            throw ImageError(.argument, "images: expected at least 1 column, got \(columns)")
        }
        let pictures = try images.map { image in
            // More pixels than a page has are of no use to a drawing.
            let side = max(image.width, image.height)
            let small =
                side <= 512
                ? image
                : try image.resized(
                    max(1, image.width * 512 / side), max(1, image.height * 512 / side))
            return Picture(
                width: small.width, height: small.height,
                rgb: small.flattened().converted(to: .rgb).bytes)
        }
        return Chart(
            title: title, series: [.pictures(pictures, columns: columns, labels: captions)])
    }
}
