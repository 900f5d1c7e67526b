import Hosting
import NeuralNetworks
import Tensors
import Training
import VisionData

extension Layer {
    /// The parts of a data set's pictures to which a channel of a layer answers most: what it has
    /// learned to see.
    ///
    ///     let patches = try net.topPatches(data.test, at: "layer2", channel: 17)
    ///     patches[0].image
    ///
    /// Of each picture the place with the greatest number counts; shown is what the unit there
    /// sees, its receptive field as far as it lies on the picture. The pictures are normalised as
    /// the model's training data was. Reports progress and can be interrupted. Throws where the
    /// data is empty, the model has no such layer, or it gives no maps with such a channel.
    /// Source: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2014.
    public func topPatches(
        _ data: ImageDataset, at layer: String, channel: Int, count: Int = 9
    ) throws -> TopPatches {
        try requirePositive("topPatches", "count", count)
        guard data.count > 0 else {
            throw TensorError(
                .value, "topPatches", "the data is empty", expected: "at least 1 picture",
                got: "0")
        }
        let search = try PatchSearch(self, layer: layer, channel: channel, shape: data.imageShape)
        let progress = ProgressReporter("Patches", total: data.count, unit: "images")
        var found: [PatchSearch.Place] = []
        try Context.current.withTraining(false) {
            try withoutGradient {
                let batches = try data.batches(32, normalized: info?.normalization).makeIterator()
                var first = 0
                while let batch = try batches.nextBatch() {
                    found += try search.places(
                        features(of: batch.images, upTo: layer), firstImage: first)
                    found.sort { ($0.value, $1.image) > ($1.value, $0.image) }
                    found.removeLast(max(0, found.count - count))
                    first += batch.count
                    progress.advance(by: batch.count)
                }
            }
        }
        progress.finish()
        let patches = try found.map { place in
            let image = try data.sample(place.image).image
            let part = search.part(place, of: image)
            return TopPatches.Patch(
                image: try image.cropped(
                    x: part.left, y: part.top, width: part.width, height: part.height),
                index: place.image, value: Double(place.value), x: part.left, y: part.top)
        }
        return TopPatches(layer: layer, channel: channel, patches: patches)
    }
}

/// Where a channel of a layer answers most.
private struct PatchSearch {
    struct Place {
        let image: Int
        let value: Float
        let row, column: Int
    }

    private let channel: Int
    private let isChannelsLast: Bool
    private let field: ReceptiveField?

    init(_ model: any Layer, layer: String, channel: Int, shape: [Int]) throws {
        let layouts = try LayerLayouts(model, TensorSpec([1] + shape))
        guard let visit = layouts.visit(of: layer) else {
            throw LayerError(noLayer: layer, in: model)
        }
        let output = layouts.trace.visits[visit].output?.shape ?? []
        guard output.count == 4, !output.contains(0) else {
            throw TensorError(
                .shape, "topPatches", "layer \"\(layer)\" gives no maps",
                expected: "[N, C, H, W]", got: "\(output)")
        }
        isChannelsLast = layouts.layout(ofVisit: visit) == .channelsLast
        let channels = output[isChannelsLast ? 3 : 1]
        guard (0..<channels).contains(channel) else {
            throw TensorError(
                .index, "topPatches", "there is no channel \(channel)",
                expected: "0..<\(channels)", got: "\(channel)")
        }
        self.channel = channel
        field = layouts.trace.visits[visit].receptiveField
    }

    /// The place with the greatest number for each picture of a batch.
    func places(_ maps: Tensor, firstImage: Int) throws -> [Place] {
        let own =
            isChannelsLast
            ? try maps.indexed(by: [0..., 0..., 0..., channel])
            : try maps.indexed(by: [0..., channel])
        let values = try own.scalars(as: Float.self)
        let (size, columns) = (own.shape[1] * own.shape[2], own.shape[2])
        return (0..<maps.shape[0]).map { image in
            let own = values[image * size..<(image + 1) * size]
            let place = own.indices.max { own[$0] < own[$1] } ?? own.startIndex
            let inside = place - image * size
            return Place(
                image: firstImage + image, value: values[place], row: inside / columns,
                column: inside % columns)
        }
    }

    /// What the unit at a place sees of a picture.
    func part(_ place: Place, of image: Image) -> PixelRectangle {
        let whole = PixelRectangle(top: 0, left: 0, height: image.height, width: image.width)
        return field.flatMap { PixelRectangle($0, row: place.row, column: place.column) }?
            .clipped(to: whole) ?? whole
    }
}

/// The parts of pictures to which a channel answers most, the strongest answer first; shown as a
/// sheet.
public struct TopPatches: Sendable {
    /// A part of a picture.
    public struct Patch: Sendable {
        /// The part.
        public let image: Image
        /// The picture's position in the data set.
        public let index: Int
        /// The channel's answer.
        public let value: Double
        /// The part's first column in the picture.
        public let x: Int
        /// The part's first row in the picture.
        public let y: Int
    }

    /// The full name of the layer.
    public let layer: String
    /// The channel.
    public let channel: Int
    /// The parts, the strongest answer first.
    public let patches: [Patch]

    /// The number of parts.
    public var count: Int { patches.count }

    /// A part by its position, the strongest answer at 0; throws where there is none.
    public func patch(at position: Int) throws -> Patch {
        guard patches.indices.contains(position) else {
            throw TensorError(
                .index, "TopPatches", "there is no patch \(position)", expected: "0..<\(count)",
                got: "\(position)")
        }
        return patches[position]
    }

    /// The parts as a sheet, below each the channel's answer.
    public var picture: Image {
        get throws {
            try grid(patches.map(\.image), captions: patches.map { shortNumber($0.value) })
        }
    }
}

extension TopPatches: CustomStringConvertible, Displayable {
    /// The layer, the channel and the answers.
    public var description: String {
        "channel \(channel) of \(layer): "
            + patches.map { "picture \($0.index) \(shortNumber($0.value))" }
            .joined(separator: ", ")
    }

    /// The description, and the sheet.
    public func mimeBundle() throws -> MIMEBundle {
        try picture.mimeBundle(describedBy: description)
    }
}
