/// How samples in 0...1 are brought to mean 0 and deviation 1, channel by channel:
/// `(value - mean) / deviation`.
///
///     Normalization.imageNet.means  // [0.485, 0.456, 0.406]
public struct Normalization: Sendable, Hashable {
    /// One mean a channel, in 0...1.
    public let means: [Double]
    /// One deviation a channel, in 0...1.
    public let deviations: [Double]

    /// Throws when there are not as many deviations as means or one is not a positive number.
    public init(means: [Double], deviations: [Double]) throws {
        guard !means.isEmpty, means.count == deviations.count, means.allSatisfy(\.isFinite),
            deviations.allSatisfy({ $0 > 0 && $0.isFinite })
        else {
            throw ImageError(
                .argument,
                "Normalization: expected one mean and one positive deviation a channel, "
                    + "got \(means) and \(deviations)")
        }
        self.means = means
        self.deviations = deviations
    }

    private init(checkedMeans means: [Double], deviations: [Double]) {
        self.means = means
        self.deviations = deviations
    }

    /// Throws when it is for another number of channels.
    func check(channels: Int) throws {
        guard means.count == channels else {
            throw ImageError(
                .argument,
                "Normalize: wrong number of channels, expected \(means.count), got \(channels)")
        }
    }

    /// What brings bytes of three channels to `(byte - mean) / deviation`.
    package static func bytes(mean: Double, deviation: Double) -> Normalization {
        Normalization(
            checkedMeans: Array(repeating: mean / 255, count: 3),
            deviations: Array(repeating: deviation / 255, count: 3))
    }

    /// The statistics of ImageNet, which published networks were trained with.
    public static let imageNet = Normalization(
        checkedMeans: [0.485, 0.456, 0.406], deviations: [0.229, 0.224, 0.225])
}
