import Analysis
import NeuralNetworks
import Tensors
import Testing
import VisionModels

/// Every architecture against torchvision or timm: parameters, names, costs and numbers.
@Suite struct ArchitectureTests {
    typealias Maker = @Sendable (_ classes: Int, _ inputChannels: Int) throws -> Network

    /// How the language and Swift make each network.
    static let makers: [String: Maker] =
        [
            "LeNet": { try LeNet(classes: $0, inputChannels: $1) },
            "AlexNet": { try AlexNet(classes: $0, inputChannels: $1) },
            "VGG11": { try VGG11(classes: $0, inputChannels: $1) },
            "VGG13": { try VGG13(classes: $0, inputChannels: $1) },
            "VGG16": { try VGG16(classes: $0, inputChannels: $1) },
            "VGG19": { try VGG19(classes: $0, inputChannels: $1) },
            "VGG11_bn": { try VGG11(classes: $0, inputChannels: $1, batchNorm: true) },
            "VGG13_bn": { try VGG13(classes: $0, inputChannels: $1, batchNorm: true) },
            "VGG16_bn": { try VGG16(classes: $0, inputChannels: $1, batchNorm: true) },
            "VGG19_bn": { try VGG19(classes: $0, inputChannels: $1, batchNorm: true) },
            "GoogLeNet": { try GoogLeNet(classes: $0, inputChannels: $1) },
            "InceptionV3": { try InceptionV3(classes: $0, inputChannels: $1) },
            "ResNet18": { try ResNet18(classes: $0, inputChannels: $1) },
            "ResNet34": { try ResNet34(classes: $0, inputChannels: $1) },
            "ResNet50": { try ResNet50(classes: $0, inputChannels: $1) },
            "ResNet101": { try ResNet101(classes: $0, inputChannels: $1) },
            "ResNet152": { try ResNet152(classes: $0, inputChannels: $1) },
            "ResNeXt50": { try ResNeXt50(classes: $0, inputChannels: $1) },
            "WideResNet50": { try WideResNet50(classes: $0, inputChannels: $1) },
            "ResNet18_small": {
                try ResNet18(classes: $0, inputChannels: $1, smallImages: true)
            },
            "ResNet20": { try ResNet20(classes: $0, inputChannels: $1) },
            "DenseNet121": { try DenseNet121(classes: $0, inputChannels: $1) },
            "MobileNetV2": { try MobileNetV2(classes: $0, inputChannels: $1) },
            "MobileNetV3Small": { try MobileNetV3Small(classes: $0, inputChannels: $1) },
            "MobileNetV3Large": { try MobileNetV3Large(classes: $0, inputChannels: $1) },
            "EfficientNetB0": { try EfficientNetB0(classes: $0, inputChannels: $1) },
            "ViT_B16": { try ViT_B16(classes: $0, inputChannels: $1) },
            "ViT_B32": { try ViT_B32(classes: $0, inputChannels: $1) },
            "ViT_L16": { try ViT_L16(classes: $0, inputChannels: $1) },
            "ViTMini": { try ViTMini(classes: $0, inputChannels: $1) },
            "DeiTTiny": { try DeiTTiny(classes: $0, inputChannels: $1) },
            "DeiTSmall": { try DeiTSmall(classes: $0, inputChannels: $1) },
            "ConvNeXtTiny": { try ConvNeXtTiny(classes: $0, inputChannels: $1) },
            "SwinTiny": { try SwinTiny(classes: $0, inputChannels: $1) },
        ]

    /// The network that the fixture computes with: ten classes, and less of what makes tests slow.
    static func computed(_ test: ArchitectureCase) throws -> Network {
        let make = try #require(makers[test.name])
        let network = try make(10, test.input[1])
        return try Network(adapted(network.architecture, to: test))
    }

    private static func adapted(
        _ architecture: any Architecture, to test: ArchitectureCase
    ) -> any Architecture {
        if var config = architecture as? AlexNetConfig {
            config.hidden = 256
            return config
        }
        if var config = architecture as? VGGConfig {
            config.hidden = 256
            return config
        }
        if var config = architecture as? GoogLeNetConfig {
            config.auxiliaryHeads = true
            return config
        }
        if var config = architecture as? InceptionV3Config {
            config.transformsInput = true
            return config
        }
        if var config = architecture as? ViTConfig {
            config.imageSize = test.input[2]
            if test.name == "ViT_L16" { config.depth = 4 }
            return config
        }
        if var config = architecture as? DeiTConfig {
            config.imageSize = test.input[2]
            return config
        }
        return architecture
    }

    @Test func everyArchitectureHasACase() {
        #expect(Set(ArchitectureCase.all.map(\.name)) == Set(Self.makers.keys))
    }

    @Test(arguments: ArchitectureCase.all)
    func parametersAndCostsAreThePublishedOnes(_ test: ArchitectureCase) throws {
        let published = test.published
        let make = try #require(Self.makers[test.name])
        let network = try make(published.classes, published.input[0])
        #expect(network.parameterCount == published.parameters)
        let summary = try network.summary(input: published.input)
        for (found, expected) in [
            (summary.multiplyAccumulates, published.macs),
            (summary.multiplyAccumulatesWithNormalizations, published.macsWithNorms),
        ] {
            let share = Double(abs(found - expected)) / Double(expected)
            #expect(share <= 1e-3, "\(found) against \(expected)")
        }
    }

    @Test(arguments: ArchitectureCase.all)
    func numbersAreThoseOfThePublishedNetworks(_ test: ArchitectureCase) throws {
        let network = try Self.computed(test)
        let names = network.stateNames.joined(separator: "\n")
        #expect(textHash(names) == test.state, "names and shapes of the state: \(names)")
        try network.fillByFormula()
        let x = try formulaTensor("input", test.input)

        let (output, stages) = try withoutGradient {
            try network.outputs(of: x, at: Array(test.stages.keys))
        }
        for (stage, expected) in test.stages.sorted(by: { $0.key < $1.key }) {
            let found = try #require(stages[stage], "\(stage) was not run")
            try expect(found, expected, stage)
        }
        try expect(output, test.logits, "scores")
        let all = try withoutGradient { try network.outputs(x) }
        #expect(all.auxiliary.count == test.auxiliary.count)
        for (found, expected) in zip(all.auxiliary, test.auxiliary) {
            try expect(found, expected, "auxiliary scores")
        }

        guard let gradient = test.gradient else { return }
        x.requiresGradient = true
        let scores = try network.call(x)
        try scores.backward(from: formulaTensor("cotangent", scores.shape))
        let found = try #require(x.gradient)
        try expect(
            found, gradient, "gradient of the input",
            within: max(1e-4, test.gradientInFloat32 ?? 0))
    }

    private func expect(
        _ tensor: Tensor, _ expected: TensorDigest, _ what: String, within tolerance: Double = 1e-4
    ) throws {
        #expect(tensor.count == expected.shape.reduce(1, *), "\(what): \(tensor.shape)")
        let (share, place) = try expected.difference(to: tensor)
        #expect(share <= tolerance, "\(what), \(place), \(share) of the greatest")
    }

    private func expect(_ tensor: Tensor, _ expected: [Double], _ what: String) throws {
        let values = try tensor.scalars(as: Double.self)
        try #require(values.count == expected.count, "\(what): \(tensor.shape)")
        let greatest = expected.reduce(0) { max($0, abs($1)) }
        let worst = values.indices.max {
            abs(values[$0] - expected[$0]) < abs(values[$1] - expected[$1])
        }
        guard let worst else { return }
        #expect(
            abs(values[worst] - expected[worst]) <= 1e-4 * greatest,
            "\(what), element \(worst): \(values[worst]) against \(expected[worst])")
    }
}
