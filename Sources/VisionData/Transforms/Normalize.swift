/// Brings samples to the mean 0 and the deviation 1 that a network expects; the last step of a
/// pipeline.
///
/// The picture itself stays, since its values are bytes: `tensor(_:)` and batches take the
/// normalisation from here.
///
///     let x = try Compose { try Resize(224, 224); Normalize(.imageNet) }.tensor(photo)
public struct Normalize: Transform {
    private let values: Normalization

    /// A mean and a deviation a channel.
    public init(_ normalization: Normalization) { values = normalization }

    public var arguments: [(label: String?, value: String)] {
        values == .imageNet
            ? [(nil, ".imageNet")]
            : [
                (
                    nil,
                    "Normalization(means: \(values.means), deviations: \(values.deviations))"
                )
            ]
    }

    public var normalization: Normalization? { values }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        try values.check(channels: image.channels)
        return image
    }
}
