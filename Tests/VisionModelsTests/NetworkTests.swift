import NeuralNetworks
import Tensors
import Testing
import VisionModels

/// What all architectures have in common: sizes, channels and classes of one's own, and errors.
@Suite struct NetworkTests {
    /// The smallest images that each can take, where it is more than one pixel.
    private static let smallest = [
        "AlexNet": 63, "VGG11": 32, "VGG13": 32, "VGG16": 32, "VGG19": 32, "VGG11_bn": 32,
        "VGG13_bn": 32, "VGG16_bn": 32, "VGG19_bn": 32, "DenseNet121": 29, "InceptionV3": 75,
        "GoogLeNet": 15,
        "ConvNeXtTiny": 32, "SwinTiny": 4,
    ]
    /// Those that take images of one size.
    private static let fixed = [
        "LeNet": 28, "ViT_B16": 224, "ViT_B32": 224, "ViT_L16": 224, "ViTMini": 32,
        "DeiTTiny": 224, "DeiTSmall": 224,
    ]

    private func shape(_ network: Network, _ sizes: [Int]) -> [Int]? {
        network.trace(TensorSpec([2, network.inputChannels] + sizes)).output?.shape
    }

    @Test(arguments: ArchitectureTests.makers.keys.sorted())
    func everyLegalSizeAndNumberOfChannelsWorks(_ name: String) throws {
        let make = try #require(ArchitectureTests.makers[name])
        for channels in [1, 5] {
            let network = try make(7, channels)
            if let size = Self.fixed[name] {
                #expect(shape(network, [size, size]) == [2, 7])
                #expect(shape(network, [size + 32, size]) == nil)
                continue
            }
            let smallest = Self.smallest[name] ?? 1
            for sizes in [[smallest, smallest], [smallest + 50, smallest + 3]] {
                #expect(shape(network, sizes) == [2, 7], "\(sizes)")
            }
            if smallest > 1 { #expect(shape(network, [smallest - 1, smallest]) == nil) }
        }
    }

    @Test func smallestImagesAreComputedToo() throws {
        for (name, size) in [("AlexNet", 63), ("MobileNetV3Small", 1), ("DenseNet121", 29)] {
            let make = try #require(ArchitectureTests.makers[name])
            let network = try make(3, 2)
            let scores = try withoutGradient { try network.call(Tensor.rand([1, 2, size, size])) }
            #expect(scores.shape == [1, 3])
            #expect(try scores.scalars(as: Double.self).allSatisfy(\.isFinite))
        }
    }

    @Test func transformersTakeOtherImageSizes() throws {
        #expect(try shape(ViT_B16(classes: 3, imageSize: 32), [32, 32]) == [2, 3])
        #expect(
            try shape(DeiTTiny(classes: 3, inputChannels: 1, imageSize: 48), [48, 48]) == [2, 3])
        let network = try ViTMini(imageSize: 28)
        #expect(network.parameterCount == 571_402 - (8 * 8 - 7 * 7) * 96)
        let text = errorText { _ = try network.call(Tensor.zeros([1, 3, 32, 32])) }
        #expect(
            text.hasPrefix(
                "ViTMini: its positions are those of images of another size, "
                    + "expected [N, 3, 28, 28], got [1, 3, 32, 32]"), "\(text)")
    }

    @Test func argumentsThatMakeNoNetworkAreErrors() {
        #expect(
            errorText { _ = try ResNet18(classes: 0) }
                == "ResNet18: 'classes' is too small, expected at least 1, got 0")
        #expect(
            errorText { _ = try VGG11(inputChannels: -1) }
                == "VGG11: 'inputChannels' is too small, expected at least 1, got -1")
        #expect(
            errorText { _ = try ViT_B16(imageSize: 100) }
                == "ViT_B16: 'imageSize' cannot be split into patches, "
                + "expected a multiple of 16, got 100")
        #expect(
            errorText { _ = try GoogLeNet(inputChannels: 1, transformInput: true) }
                == "GoogLeNet: 'transformInput' needs colour images, "
                + "expected inputChannels: 3, got 1")
        #expect(errorText { _ = try MobileNetV2(classes: .max) }.contains("no room for shape"))
        #expect(errorText { _ = try ViT_B16(imageSize: 1 << 60) }.contains("split into patches"))
        #expect(errorText { _ = try AlexNet(inputChannels: .max / 2) }.contains("no room"))
    }

    @Test func configurationsCanBeChanged() throws {
        var config = ResNetConfig.resNet18
        config.blocks = [1, 1]
        config.width = 8
        config.classes = 4
        let network = try Network(config)
        #expect(shape(network, [32, 32]) == [2, 4])
        #expect(network.layers.children.map(\.name).contains("layer2"))
        #expect(!network.layers.children.map(\.name).contains("layer3"))
        config.blocks = []
        #expect(
            errorText { _ = try Network(config) }.contains("the configuration makes no network"))
    }

    @Test func copiesShareNothing() throws {
        let network = try ResNet20(classes: 3, inputChannels: 1)
        let copy = try network.copy()
        let x = try Tensor.rand([1, 1, 8, 8])
        let before = try network.call(x).scalars(as: Float.self)
        #expect(try copy.call(x).scalars(as: Float.self) == before)
        try copy.initialize(.constant(0))
        #expect(try network.call(x).scalars(as: Float.self) == before)
        #expect(copy.kind == "ResNet20")
        #expect(copy.signature == "ResNet20(classes: 3, inputChannels: 1)")
    }

    @Test func auxiliaryHeadsRunWhenAskedForAndLearn() throws {
        let network = try GoogLeNet(classes: 2, auxiliaryHeads: true)
        let x = try Tensor.rand([2, 3, 32, 32])
        let head = try network.parameter(named: "aux1.fc2.weight")
        try withTraining {
            try network.call(x).sum().backward()
            #expect(head.gradient == nil)
            let (scores, auxiliary) = try network.outputs(x)
            #expect(scores.shape == [2, 2])
            #expect(auxiliary.map(\.shape) == [[2, 2], [2, 2]])
            try Tensor.multiplying(auxiliary[0], Tensor([[1, 0], [0, 1]])).sum().backward()
        }
        #expect(head.gradient != nil)
        let plain = try GoogLeNet(classes: 2)
        #expect(try plain.outputs(x).auxiliary.isEmpty)
        #expect(!plain.namedState.contains { $0.name.hasPrefix("aux") })
    }

    @Test func networksTrain() throws {
        seed(8)
        let x = try Tensor.randn([4, 1, 16, 16])
        let labels = try Tensor([0, 1, 2, 0], shape: [4])
        for network in [
            try ResNet20(classes: 3, inputChannels: 1),
            try ViTMini(classes: 3, inputChannels: 1, imageSize: 16),
        ] {
            let optimizer = AdamW(learningRate: 3e-3)
            var losses: [Double] = []
            for _ in 0..<20 {
                let loss = try withTraining { try crossEntropy(network.call(x), labels) }
                try loss.backward()
                try optimizer.step(network)
                network.zeroGradients()
                losses.append(try loss.item())
            }
            let last = try #require(losses.last)
            #expect(last < 0.5 * losses[0], "\(network.kind): \(losses)")
        }
    }

    private func errorText(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch { return String(describing: error) }
    }
}
