// swift-format-ignore-file: AlwaysUseLowerCamelCase
import NeuralNetworks

/// What an Inception v3 is made of.
///
/// The third Inception network: large windows are taken apart into 3x3 ones and those into rows and
/// columns, and images shrink in two branches at once.
///
/// Source: Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2016. Names
/// and numbers are torchvision's.
public struct InceptionV3Config: Architecture {
    public var name = "InceptionV3"
    /// Whether the head in the middle is there, which helps in training.
    public var auxiliaryHeads = true
    /// Whether images normalised by ImageNet's statistics are brought to -1...1 first, as the
    /// published weights want it.
    public var transformsInput = false
    /// The share of features that training drops in front of the classifier.
    public var dropout = 0.5
    public var classes = 1000
    public var inputChannels = 3
    public var imageSize: Int { 299 }

    public init() {}

    /// The network of the paper.
    public static let inceptionV3 = Self()

    public func layers() throws -> Sequential {
        try requireColors(name, transformsInput, inputChannels)
        let network = try Sequential {
            if transformsInput { inputTransform().named("transform_input") }
            try inceptionUnit(inputChannels, 32, .valid(stride: 2)).named("Conv2d_1a_3x3")
            try inceptionUnit(32, 32, .valid()).named("Conv2d_2a_3x3")
            try inceptionUnit(32, 64, .same(3, 3)).named("Conv2d_2b_3x3")
            MaxPool2d(3, stride: 2).named("maxpool1")
            try inceptionUnit(64, 80).named("Conv2d_3b_1x1")
            try inceptionUnit(80, 192, .valid()).named("Conv2d_4a_3x3")
            MaxPool2d(3, stride: 2).named("maxpool2")
            try moduleA(192, pooled: 32).named("Mixed_5b")
            try moduleA(256, pooled: 64).named("Mixed_5c")
            try moduleA(288, pooled: 64).named("Mixed_5d")
            try moduleB().named("Mixed_6a")
            try moduleC(128).named("Mixed_6b")
            try moduleC(160).named("Mixed_6c")
            try moduleC(160).named("Mixed_6d")
            try moduleC(192).named("Mixed_6e")
            if auxiliaryHeads { try head().named("AuxLogits") }
            try moduleD().named("Mixed_7a")
            try moduleE(1280).named("Mixed_7b")
            try moduleE(2048).named("Mixed_7c")
            GlobalAvgPool2d().named("avgpool")
            try Dropout(probability: dropout).named("dropout")
            try Linear(inputs: 2048, outputs: classes).named("fc")
        }
        for (deviation, isMeant) in [
            (0.1, { !$0.hasPrefix("AuxLogits.conv1") && !$0.hasPrefix("AuxLogits.fc") }),
            (0.01, { $0.hasPrefix("AuxLogits.conv1") }),
            (0.001, { $0.hasPrefix("AuxLogits.fc") }),
        ] as [(Double, (String) -> Bool)] {
            try network.initialize(.truncatedNormal(standardDeviation: deviation)) {
                name, shape in shape.count > 1 && isMeant(name)
            }
        }
        return network
    }

    private func head() throws -> AuxiliaryHead {
        try AuxiliaryHead {
            AvgPool2d(5, stride: 3).named("pool")
            try inceptionUnit(768, 128).named("conv0")
            try inceptionUnit(128, 768, InceptionWindow(kernel: [5, 5])).named("conv1")
            GlobalAvgPool2d().named("avgpool")
            try Linear(inputs: 768, outputs: classes).named("fc")
        }
    }
}

/// One convolution of a branch: its name, its outputs, its window.
private typealias Step = (name: String, outputs: Int, window: InceptionWindow)

/// Convolutions one after the other, under names of the module's.
private func branch(_ inputs: Int, _ steps: [Step], pool: (any Layer)? = nil) throws -> SpreadLayer
{
    try Sequential {
        pool.map { $0.named("pool") }
        for (position, step) in steps.enumerated() {
            try inceptionUnit(
                position == 0 ? inputs : steps[position - 1].outputs, step.outputs, step.window
            ).named(step.name)
        }
    }.spread()
}

/// A branch whose last 3x3 window is taken apart into a row and a column beside each other.
private func forkedBranch(_ inputs: Int, _ steps: [Step], _ name: String) throws -> SpreadLayer {
    try Sequential {
        try branch(inputs, steps)
        try Parallel(branches: [
            branch(384, [(name + "a", 384, .same(1, 3))]),
            branch(384, [(name + "b", 384, .same(3, 1))]),
        ]).spread()
    }.spread()
}

private func averages() -> AvgPool2d { AvgPool2d(3, stride: 1, padding: 1) }

/// Windows of 1x1, 5x5 and twice 3x3.
private func moduleA(_ inputs: Int, pooled: Int) throws -> Parallel {
    try Parallel(branches: [
        branch(inputs, [("branch1x1", 64, .same(1, 1))]),
        branch(inputs, [("branch5x5_1", 48, .same(1, 1)), ("branch5x5_2", 64, .same(5, 5))]),
        branch(
            inputs,
            [
                ("branch3x3dbl_1", 64, .same(1, 1)), ("branch3x3dbl_2", 96, .same(3, 3)),
                ("branch3x3dbl_3", 96, .same(3, 3)),
            ]),
        branch(inputs, [("branch_pool", pooled, .same(1, 1))], pool: averages()),
    ])
}

/// Halves the image.
private func moduleB() throws -> Parallel {
    try Parallel(branches: [
        branch(288, [("branch3x3", 384, .valid(stride: 2))]),
        branch(
            288,
            [
                ("branch3x3dbl_1", 64, .same(1, 1)), ("branch3x3dbl_2", 96, .same(3, 3)),
                ("branch3x3dbl_3", 96, .valid(stride: 2)),
            ]),
        MaxPool2d(3, stride: 2).named("branch_pool"),
    ])
}

/// Windows of 7x7 as rows and columns.
private func moduleC(_ channels: Int) throws -> Parallel {
    try Parallel(branches: [
        branch(768, [("branch1x1", 192, .same(1, 1))]),
        branch(
            768,
            [
                ("branch7x7_1", channels, .same(1, 1)), ("branch7x7_2", channels, .same(1, 7)),
                ("branch7x7_3", 192, .same(7, 1)),
            ]),
        branch(
            768,
            [
                ("branch7x7dbl_1", channels, .same(1, 1)),
                ("branch7x7dbl_2", channels, .same(7, 1)),
                ("branch7x7dbl_3", channels, .same(1, 7)),
                ("branch7x7dbl_4", channels, .same(7, 1)), ("branch7x7dbl_5", 192, .same(1, 7)),
            ]),
        branch(768, [("branch_pool", 192, .same(1, 1))], pool: averages()),
    ])
}

/// Halves the image again.
private func moduleD() throws -> Parallel {
    try Parallel(branches: [
        branch(768, [("branch3x3_1", 192, .same(1, 1)), ("branch3x3_2", 320, .valid(stride: 2))]),
        branch(
            768,
            [
                ("branch7x7x3_1", 192, .same(1, 1)), ("branch7x7x3_2", 192, .same(1, 7)),
                ("branch7x7x3_3", 192, .same(7, 1)), ("branch7x7x3_4", 192, .valid(stride: 2)),
            ]),
        MaxPool2d(3, stride: 2).named("branch_pool"),
    ])
}

/// Rows and columns beside each other, for the coarsest images.
private func moduleE(_ inputs: Int) throws -> Parallel {
    try Parallel(branches: [
        branch(inputs, [("branch1x1", 320, .same(1, 1))]),
        forkedBranch(inputs, [("branch3x3_1", 384, .same(1, 1))], "branch3x3_2"),
        forkedBranch(
            inputs,
            [("branch3x3dbl_1", 448, .same(1, 1)), ("branch3x3dbl_2", 384, .same(3, 3))],
            "branch3x3dbl_3"),
        branch(inputs, [("branch_pool", 192, .same(1, 1))], pool: averages()),
    ])
}

/// Inception v3 with 27,161,264 parameters, 23,834,568 without its auxiliary head, for images of
/// 75x75 pixels or more; it was published for 299x299.
///
///     try InceptionV3(classes: 10)(Tensor.zeros([1, 3, 96, 96])).shape  // [1, 10]
///
/// `transformInput` brings images that were normalised by ImageNet's statistics to -1...1, which the
/// published weights want. Throws where a number is not positive.
public func InceptionV3(
    classes: Int = 1000, inputChannels: Int = 3, auxiliaryHeads: Bool = true,
    transformInput: Bool = false
) throws -> Network {
    var config = InceptionV3Config.inceptionV3
    config.auxiliaryHeads = auxiliaryHeads
    config.transformsInput = transformInput
    return try config.network(classes: classes, inputChannels: inputChannels)
}
