extension ImageDataset {
    /// The pictures as a transform changes them, whenever they are asked for.
    ///
    /// Each pass of `batches` and each epoch of `fit` draws anew; `data[0]` is always the same
    /// change. Batches are changed on background threads, and one seed gives one pass. The first
    /// changed picture says the size that all must have. Statistics stay those of the unchanged
    /// pictures as long as the number of channels does; `Normalize` at the end of a pipeline takes
    /// their place. Throws what the transform throws for the first picture.
    ///
    ///     let augmented = try data.train.transformed(
    ///         Compose { try RandomCrop(28, padding: 2); try RandomErasing() })
    public func transformed(_ transform: any Transform) throws -> ImageDataset {
        let lines = transform.description.split(separator: "\n").map { $0.drop { $0 == " " } }
        let change = PictureChange(
            name: lines.joined(separator: " "), normalization: transform.normalization
        ) { picture, generator in try transform.changed(picture, using: &generator) }
        return try ImageDataset(self, change: change)
    }

    /// Whether its pictures are changed whenever they are asked for.
    package var isChanged: Bool { change != nil }

    /// Whether a `Normalize` changes the pictures.
    package var isNormalized: Bool { change?.normalization != nil }
}
