import Glibc
import Hosting
import NeuralNetworks
import Tensors
import VisionData

/// A network with published weights, which knows what they expect of a photograph.
///
///     let net = try pretrained("efficientnet_lite0")
///     try net.classify(photo)
///     let mine = try pretrained("resnet18", classes: 6)   // a new head, everything else trained
///
/// The file comes from this machine or is fetched once (`VISION_CACHE`, `VISION_HUB`,
/// `VISION_OFFLINE`) and its digest is checked. In place of the name, the path of a file with
/// weights of one of the known networks may stand. Other `classes` give an untrained head;
/// `inputChannels` adapt the first convolution; `imageSize` resamples the positions of a vision
/// transformer. `PublishedWeights.all` lists the names.
///
/// Throws a `HubError` where there are no such weights or the file cannot be had, a `WeightsError`
/// where a file does not fit.
public func pretrained(
    _ name: String, classes: Int? = nil, inputChannels: Int? = nil, imageSize: Int? = nil
) throws -> Network {
    try pretrained(
        name, classes: classes, inputChannels: inputChannels, imageSize: imageSize,
        hub: .environment)
}

/// The same with files from a hub.
package func pretrained(
    _ name: String, classes: Int? = nil, inputChannels: Int? = nil, imageSize: Int? = nil,
    hub: WeightsHub
) throws -> Network {
    let weights: PublishedWeights
    let path: String
    let file: NamedTensors
    if let local = localPath(name) {
        path = local
        file = try NamedTensors(contentsOf: path, lazily: true)
        weights = try weightsThatFit(file, path)
    } else {
        weights = try PublishedWeights.named(name)
        path = try hub.file(of: weights)
        file = try NamedTensors(contentsOf: path, lazily: true)
    }
    let usual = 1000
    let network = try weights.network(classes ?? usual, inputChannels ?? 3, imageSize)
    try network.load(
        file.tensors, adapting: classes != nil || inputChannels != nil || imageSize != nil,
        source: "\"\(path)\"")
    network.info = try weights.info(
        classes: classes ?? usual == usual ? ImageNetClasses.names() : [],
        inputChannels: inputChannels ?? 3, imageSize: imageSize)
    return network
}

/// The path that a person gave in place of a name; `nil` where it looks like a name.
private func localPath(_ name: String) -> String? {
    let path = DataFolder.expanded(name)
    let isFile = [".pth", ".pt", ".safetensors", ".npz", ".onnx", ".bin"].contains {
        name.lowercased().hasSuffix($0)
    }
    return isFile || name.contains("/") && access(path, F_OK) == 0 ? path : nil
}

/// The published weights whose file it is, or else of the one network that it fits.
private func weightsThatFit(_ file: NamedTensors, _ path: String) throws -> PublishedWeights {
    if let same = PublishedWeights.all.first(where: { path.hasSuffix("/" + $0.file) }) {
        return same
    }
    for weights in PublishedWeights.all {
        let network = try weights.network(1000, 3, nil)
        guard let report = try? network.fit(of: file.tensors), report.isComplete else { continue }
        return weights
    }
    throw HubError(
        .unknown,
        "pretrained: \(path) fits none of the known networks; make the network and call "
            + "load(\"\(path)\"), which says what differs")
}

extension PublishedWeights {
    /// What a network with these weights knows of its data.
    func info(classes: [String], inputChannels: Int, imageSize: Int?) throws -> ModelInfo {
        let normalization = preprocessing.normalization
        func adapted(_ values: [Double]) -> [Double] {
            guard inputChannels != values.count else { return values }
            // Of one channel, what the mean of all is; of more, by turns, as the convolution has it.
            return inputChannels == 1
                ? [values.reduce(0, +) / Double(values.count)]
                : (0..<inputChannels).map { values[$0 % values.count] }
        }
        let side = imageSize ?? preprocessing.crop
        var info = ModelInfo(
            classes: classes, channelMeans: adapted(normalization.means),
            channelDeviations: adapted(normalization.deviations),
            inputShape: [inputChannels, side, side])
        info.resizedShortSide = preprocessing.resizedShortSide * side / preprocessing.crop
        info.interpolation = preprocessing.interpolation.rawValue
        return info
    }
}
