/// Brings samples to the mean 0 and the deviation 1 that a network expects; the last step of a
/// pipeline.
///
/// The picture itself stays, since its values are bytes: `tensor(_:)` and batches take the
/// normalisation from here.
///
///     let x = try Compose { try Resize(224, 224); Normalize(.imageNet) }.tensor(photo)
public struct Normalize: Transform, ViewTransform {
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

    func view(of picture: UnreadImage, drawing draws: inout Draws) throws -> UnreadImage {
        try values.check(channels: picture.channels)
        return picture
    }
}
