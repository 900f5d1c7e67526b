extension ImageDataset {
    /// What gives these pictures again without holding more of them in memory than so many bytes:
    /// more are there as long as someone else holds them, and `nil` is given afterwards.
    ///
    /// Their statistics come along only where they were computed before.
    package func withoutHolding(above bytes: Int) -> @Sendable () -> ImageDataset? {
        guard case .stored(let stored) = source, stored.pixels.count > bytes else {
            let kept = ImageDataset(self, in: source, order: order)
            return { kept }
        }
        let size = stored.width * stored.height * stored.channels
        guard count * size > bytes else {
            // A small part of many pictures is copied out of them.
            let own = StoredPictures(
                pixels: order.flatMap { stored.pixels[$0 * size..<($0 + 1) * size] },
                width: stored.width, height: stored.height, channels: stored.channels,
                colorSpace: stored.colorSpace)
            let kept = ImageDataset(self, in: .stored(own), order: Array(indices))
            return { kept }
        }
        let nowhere = PictureSource.files(PictureFiles(paths: [], size: nil, channels: 1))
        let rest = ImageDataset(self, in: nowhere, order: order)
        return { [weak stored] in
            stored.map { ImageDataset(rest, in: .stored($0), order: rest.order) }
        }
    }
}
