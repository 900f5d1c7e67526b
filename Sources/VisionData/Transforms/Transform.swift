import Tensors

/// A step that makes one picture of another, by chance or always the same: what pipelines hold and
/// data sets run on their pictures.
///
/// A transform is a value. All chance comes from the `Draws` it is given, so that one seed gives
/// one picture, on any thread.
///
///     let pipeline = try Compose { try RandomResizedCrop(224); try RandomFlip() }
///     let picture = try pipeline(photo, seed: 3)
///     for step in try pipeline.run(photo, seed: 3).steps { print(step) }
public protocol Transform: Sendable, CustomStringConvertible {
    /// What it was made with, each as source text with its label; a label of `nil` is not written.
    var arguments: [(label: String?, value: String)] { get }

    /// What brings the result's samples to the mean and deviation that a network expects, where
    /// this is part of the transform: `Normalize` and pipelines that end with it.
    var normalization: Normalization? { get }

    /// The changed picture, with all random numbers taken from `draws`.
    func apply(_ image: Image, drawing draws: inout Draws) throws -> Image
}

extension Transform {
    /// The name of its type.
    public var name: String { String(describing: Self.self) }

    /// None.
    public var arguments: [(label: String?, value: String)] { [] }

    /// `nil`: samples stay in 0...1.
    public var normalization: Normalization? { nil }

    /// The source that makes it, such as `RandomFlip(.horizontal, probability: 0.5)`.
    public var description: String {
        let parts = arguments.map { ($0.label.map { "\($0): " } ?? "") + $0.value }
        return "\(name)(\(parts.joined(separator: ", ")))"
    }

    /// The changed picture; random numbers come from any generator, as in a data set's threads.
    public func apply(
        _ image: Image, using generator: inout some RandomNumberGenerator
    ) throws -> Image {
        try changed(UnreadImage(image), using: &generator)
    }

    /// The changed picture of a file that is read as far as needed.
    func changed(
        _ picture: UnreadImage, using generator: inout some RandomNumberGenerator
    ) throws -> Image {
        var draws = Draws(seed: Int(truncatingIfNeeded: generator.next()))
        return try changed(picture, drawing: &draws)
    }

    /// The changed picture; one `seed` gives one picture, and without one the context's generator
    /// is asked.
    ///
    ///     let mirrored = try RandomFlip(probability: 1)(photo)
    public func callAsFunction(_ image: Image, seed: Int? = nil) throws -> Image {
        try changed(UnreadImage(image), seed: seed)
    }

    /// The changed picture of a file, which is read only as far as the change needs: of a JPEG that
    /// is cut and made smaller, the blocks that are left.
    ///
    /// Throws as `Image(_:)` and the transform do.
    ///
    ///     let middle = try Compose { try Resize(shortSide: 256); try CenterCrop(224) }("cat.jpg")
    public func callAsFunction(_ path: String, seed: Int? = nil) throws -> Image {
        try changed(UnreadImage(path), seed: seed)
    }

    private func changed(_ picture: UnreadImage, seed: Int?) throws -> Image {
        var draws = Draws(seed: seed ?? Self.drawnSeed())
        return try changed(picture, drawing: &draws)
    }

    /// The changed picture with the steps that ran and the values they drew.
    ///
    ///     print(try RandomRotation(15).run(photo, seed: 1))
    public func run(_ image: Image, seed: Int? = nil) throws -> TransformRun {
        let seed = seed ?? Self.drawnSeed()
        var draws = Draws(seed: seed, isRecording: true)
        let result = try draws.step(self, image)
        return TransformRun(image: result, steps: draws.steps, seed: seed)
    }

    /// The picture as a network is fed: [C, H, W] of float32, in 0...1 or as `Normalize` says.
    ///
    ///     let x = try Compose { try Resize(shortSide: 256); Normalize(.imageNet) }.tensor(photo)
    public func tensor(_ image: Image, seed: Int? = nil) throws -> Tensor {
        try tensor(UnreadImage(image), seed: seed)
    }

    /// The picture of a file as a network is fed; the file is read only as far as the change needs.
    ///
    ///     let x = try Compose { try Resize(224, 224); Normalize(.imageNet) }.tensor("cat.jpg")
    public func tensor(_ path: String, seed: Int? = nil) throws -> Tensor {
        try tensor(UnreadImage(path), seed: seed)
    }

    /// The picture in the bytes of a file as a network is fed; `name` stands in errors.
    public func tensor(
        data: [UInt8], name: String = "image data", seed: Int? = nil
    ) throws -> Tensor {
        try tensor(UnreadImage(data: data, name: name), seed: seed)
    }

    private func tensor(_ unread: UnreadImage, seed: Int?) throws -> Tensor {
        let picture = try changed(unread, seed: seed)
        let normalization = normalization
        if let normalization { try normalization.check(channels: picture.channels) }
        let pixels = picture.width * picture.height
        return try Tensor.unsafeUninitialized(
            shape: [picture.channels, picture.height, picture.width], dtype: .float32
        ) {
            guard let out = $0.bindMemory(to: Float.self).baseAddress else { return }
            PlaneConversion(channels: picture.channels, normalized: normalization)
                .run(picture.bytes, from: 0, pixels: pixels, into: out)
        }.meaning(
            TensorMeaning(
                planes: [picture.channels, picture.height, picture.width], picture.colorSpace,
                normalized: normalization))
    }

    /// The picture and what `count` seeds from `seed` on make of it, as a sheet.
    ///
    ///     try pipeline.preview(photo)
    public func preview(_ image: Image, count: Int = 7, seed: Int = 0) throws -> Gallery {
        guard (1...100).contains(count) else {
            throw ImageError(.argument, "preview: expected a count of 1 to 100, got \(count)")
        }
        var pictures = [try image.reduced(to: Self.previewSide)]
        var captions = ["original"]
        for seed in (0..<count).map({ seed &+ $0 }) {
            pictures.append(try self(image, seed: seed).reduced(to: Self.previewSide))
            captions.append("seed \(seed)")
        }
        return try Gallery(pictures, captions: captions, columns: min(4, count + 1))
    }

    /// The longest side of a picture in a preview.
    private static var previewSide: Int { 256 }

    private static func drawnSeed() -> Int {
        Int(truncatingIfNeeded: Context.current.generator.next() >> 33)
    }
}
