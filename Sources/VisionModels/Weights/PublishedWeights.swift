import NeuralNetworks
import VisionData

/// A set of trained weights that somebody published, with what is needed to use it rightly.
///
///     try PublishedWeights.named("resnet50").accuracy  // 0.7613
public struct PublishedWeights: Sendable, CustomStringConvertible {
    /// What `pretrained` calls it.
    public let name: String
    /// The name of the file, which ends in the first digits of its digest as a rule.
    public let file: String
    /// Where the file was published; `nil` where it comes in a package that `make data` fetches.
    public let url: String?
    /// The first digits of the file's SHA-256, as many as were published.
    public let digest: String
    /// Under which terms it may be used.
    public let licence: String
    /// The share of ImageNet's validation images whose class is the first guess, as published,
    /// 0...1.
    public let accuracy: Double
    /// The share of those whose class is among the first five guesses, where it was published.
    public let topFiveAccuracy: Double?
    /// What is done to a photograph.
    public let preprocessing: Preprocessing
    /// The data set of `make data` that holds the file.
    let dataFolder: String?
    /// The network that the weights are for, for images of `imageSize` or of the usual size.
    package let network:
        @Sendable (
            _ classes: Int, _ inputChannels: Int, _ imageSize: Int?
        ) throws -> Network

    /// Weights of torchvision's, whose file names carry the first eight digits of the digest.
    package init(
        _ name: String, file: String, accuracy: Double, topFive: Double?,
        folder: String = "https://download.pytorch.org/models/",
        licence: String = "BSD-3-Clause", preprocessing: Preprocessing = Preprocessing(),
        network: @escaping @Sendable (Int, Int, Int?) throws -> Network
    ) {
        self.name = name
        self.file = file
        url = folder + file
        digest = String(file.split(separator: ".").first?.suffix(8) ?? "")
        self.licence = licence
        self.accuracy = Self.share(accuracy)
        topFiveAccuracy = topFive.map(Self.share)
        self.preprocessing = preprocessing
        dataFolder = nil
        self.network = network
    }

    /// Weights that come in a package.
    init(
        _ name: String, file: String, digest: String, dataFolder: String, accuracy: Double,
        licence: String, preprocessing: Preprocessing,
        network: @escaping @Sendable (Int, Int, Int?) throws -> Network
    ) {
        self.name = name
        self.file = file
        url = nil
        self.digest = digest
        self.licence = licence
        self.accuracy = Self.share(accuracy)
        topFiveAccuracy = nil
        self.preprocessing = preprocessing
        self.dataFolder = dataFolder
        self.network = network
    }

    /// A percentage of at most three decimals as the share nearest to it.
    private static func share(_ percentage: Double) -> Double {
        (percentage * 1000).rounded() / 100_000
    }

    public var description: String { "\(name): accuracy \(accuracy), \(licence)" }

    /// The weights of a name, in which upper case, dots and strokes make no difference; throws where
    /// there are none, naming the closest.
    public static func named(_ name: String) throws -> PublishedWeights {
        let key = Self.key(name)
        if let found = all.first(where: { Self.key($0.name) == key }) { return found }
        let near = all.map(\.name).filter {
            Self.key($0).contains(key) || key.contains(Self.key($0))
        }
        let known = (near.isEmpty ? all.map(\.name) : near).joined(separator: ", ")
        throw HubError(
            .unknown, "pretrained: there are no weights '\(name)', expected one of \(known)")
    }

    /// A name in which upper case, dots and strokes make no difference: `ViT-B/16` is `vit_b_16`.
    private static func key(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
