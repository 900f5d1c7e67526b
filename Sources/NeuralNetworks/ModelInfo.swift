import Tensors

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What a trained model knows of the data it was trained on; saved beside its weights.
public struct ModelInfo: Sendable, Hashable, Codable {
    /// The names of the classes, in the order of the model's outputs.
    public var classes: [String]
    /// The mean of every input channel, of pixels in 0...1; empty where inputs are not normalised.
    public var channelMeans: [Double]
    /// The standard deviation of every input channel, of pixels in 0...1.
    public var channelDeviations: [Double]
    /// The shape of one input, `[C, H, W]`.
    public var inputShape: [Int]?
    /// The name of every input channel; `nil` for grey, and red, green and blue.
    public var channels: [String]?
    /// To what the short side of a picture is scaled before its centre is cut out in `inputShape`'s
    /// height and width; `nil` where the whole picture is brought to that size.
    public var resizedShortSide: Int?
    /// How pixels are found when a picture is scaled, such as `bicubic`; `nil` for `bilinear`.
    public var interpolation: String?

    /// What is known; the short side and the interpolation are set afterwards where they matter.
    public init(
        classes: [String] = [], channelMeans: [Double] = [], channelDeviations: [Double] = [],
        inputShape: [Int]? = nil, channels: [String]? = nil
    ) {
        self.classes = classes
        self.channelMeans = channelMeans
        self.channelDeviations = channelDeviations
        self.inputShape = inputShape
        self.channels = channels
    }

    private static let key = "model_info"

    /// The information as safetensors metadata, which other programs leave alone.
    func metadata() throws -> [String: String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return [Self.key: String(decoding: try encoder.encode(self), as: UTF8.self)]
    }

    /// The information in a file's metadata; `nil` where there is none that reads.
    init?(metadata: [String: String]) {
        guard let text = metadata[Self.key],
            let info = try? JSONDecoder().decode(ModelInfo.self, from: Data(text.utf8))
        else { return nil }
        self = info
    }
}
