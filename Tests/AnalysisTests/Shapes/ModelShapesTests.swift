import Analysis
import NeuralNetworks
import Tensors
import Testing
import VisionModels

/// Formulas and requirements against what the shape rules say of plain numbers.
private func check(
    _ model: any Layer, channels: Int = 3, sides: [(Int, Int)],
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let shapes = try shapes(model, input: [Size(channels), h, w])
    var taken = 0
    for (height, width) in sides {
        let trace = model.trace(TensorSpec([1, channels, height, width]))
        let numbers = ["h": height, "w": width]
        let isExpected = try shapes.conditions.allSatisfy { condition in
            let size = try condition.requirement.size.value(numbers)
            return switch condition.requirement.relation {
            case .atLeast(let least): size >= least
            case .equal(let other): try other.value(numbers) == size
            case .multiple(let divisor): size % divisor == 0
            }
        }
        let comment = Comment(rawValue: "\(model.kind) at \(height)x\(width)")
        #expect((trace.failure == nil) == isExpected, comment, sourceLocation: sourceLocation)
        guard trace.failure == nil else { continue }
        taken += 1
        #expect(
            trace.visits.count == shapes.rows.count + 1, comment, sourceLocation: sourceLocation)
        for (row, visit) in zip(shapes.rows, trace.visits.dropFirst()) {
            let formula = try #require(
                row.output, "\(comment): \(row.name) has no formula",
                sourceLocation: sourceLocation)
            let sizes = try formula.map { try $0.value(numbers) }
            if let output = visit.output, sizes != Array(output.shape.dropFirst()) {
                Issue.record(
                    "\(comment): \(row.name) \(formula) is \(sizes), not \(output.shape)",
                    sourceLocation: sourceLocation)
                return
            }
        }
    }
    #expect(taken > 0, sourceLocation: sourceLocation)
}

@Suite struct ModelShapesTests {
    /// Every remainder of the steps' product, both orientations.
    private let sides =
        [(224, 224), (227, 300), (299, 331), (64, 97), (31, 33), (75, 74), (14, 15), (321, 63)]
        + stride(from: 1, to: 130, by: 7).map { ($0, 191 - $0) }

    @Test func formulasOfConvolutionalNetworksHoldAtManySizes() throws {
        for model in [
            try AlexNet(), try VGG11(batchNorm: true), try VGG16(), try GoogLeNet(),
            try InceptionV3(), try ResNet18(), try ResNet50(), try ResNeXt50(), try DenseNet121(),
            try MobileNetV2(), try MobileNetV3Small(), try MobileNetV3Large(), try EfficientNetB0(),
            try EfficientNetLite0(), try ConvNeXtTiny(),
        ] { try check(model, sides: sides) }
    }

    @Test func formulasOfTransformersHoldWhereTheyTakeTheImage() throws {
        try check(try SwinTiny(), sides: sides)
        try check(try ViT_B16(), sides: [(224, 224), (224, 240), (225, 225), (112, 224)])
        try check(try ViT_B32(imageSize: 64), sides: [(64, 64), (224, 224), (63, 64)])
        try check(try DeiTTiny(), sides: [(224, 224), (32, 32)])
    }

    @Test func aFixedHeadAllowsTheSizesThatGiveItsFeatures() throws {
        try check(
            try LeNet(), channels: 1, sides: (20..<40).map { ($0, 28) } + [(31, 29), (34, 23)])
        let shapes = try shapes(LeNet(), input: [1, h, w])
        #expect(shapes.smallest == [1, 28, 28])
        #expect(shapes.refusal?.signature == "Linear(400, 120)")
    }

    @Test(arguments: [
        ("AlexNet", 63), ("VGG16", 32), ("DenseNet121", 29), ("InceptionV3", 75),
        ("GoogLeNet", 15),
    ])
    func theSmallestLegalInputIsTheKnownOne(_ name: String, _ side: Int) throws {
        let model: Network =
            switch name {
            case "AlexNet": try AlexNet()
            case "VGG16": try VGG16()
            case "DenseNet121": try DenseNet121()
            case "InceptionV3": try InceptionV3()
            default: try GoogLeNet()
            }
        let shapes = try shapes(model, input: [3, h, w])
        #expect(shapes.smallest == [3, side, side])
        let refusal = try #require(shapes.refusal)
        #expect(refusal.input == [3, side - 1, side - 1])
        #expect(refusal.reason.contains("the window does not fit the padded image"))
        #expect(model.trace(TensorSpec([1, 3, side, side])).failure == nil)
        #expect(model.trace(TensorSpec([1, 3, side - 1, side - 1])).failure != nil)
    }

    @Test func theTableReadsWell() throws {
        let model = Sequential {
            Conv2d(3, 8, kernel: 3, stride: 2, padding: 1)
            MaxPool2d(2)
            Flatten()
        }
        let shapes = try shapes(model, input: [3, h, w])
        #expect(
            shapes.rows.map { $0.output.map { "\($0)" } } == [
                "[8, ⌈h/2⌉, ⌈w/2⌉]", "[8, ⌊(h + 1)/4⌋, ⌊(w + 1)/4⌋]",
                "[8·⌊(h + 1)/4⌋·⌊(w + 1)/4⌋]",
            ])
        #expect(shapes.rows.map(\.exampleOutput) == [[8, 112, 112], [8, 56, 56], [25_088]])
        #expect(
            shapes.description.hasSuffix(
                """
                Sequential, input [3, h, w]
                takes h ≥ 3 for MaxPool2d(2) 1; w ≥ 3 for MaxPool2d(2) 1
                smallest input 3x3x3
                3x2x2 fails at MaxPool2d(2) 1: maxPool2d: the window does not fit the padded image, \
                expected height of at least 2, got 1
                """))
    }

    @Test func productsOfSumsAreWrittenAsProducts() throws {
        let condition = try #require(shapes(LeNet(), input: [1, h, w]).conditions.last)
        #expect(condition.requirement.description == "16·⌊(h - 8)/4⌋·⌊(w - 8)/4⌋ = 400")
    }

    @Test func valuesAreExactBeyondWhatIsTraced() throws {
        let size = try #require(Size("h").adding(3)?.divided(by: 2)?.adding(1)?.divided(by: 3))
        for h in -50...50 {
            let inner = Int((Double(h + 3) / 2).rounded(.down)) + 1
            #expect(try size.value(["h": h]) == Int((Double(inner) / 3).rounded(.down)))
        }
        #expect(size == Size("h").adding(5)?.divided(by: 6))
    }

    @Test func whatCannotBeCarriedIsNotClaimed() throws {
        let model = Sequential {
            Lambda("rows") { x in try x.reshaped([1, x.shape[2] * 3, x.shape[3]]) }
            Lambda("tail") { x in try x.indexed(by: [0..., 0..<(x.shape[1] / 2)]) }
        }
        let rows = try shapes(model, input: [3, h, w]).rows
        #expect(rows[0].output?.description == "[3·h, w]")
        #expect(rows[1].output == nil)
    }

    @Test func upsamplingAndJoiningAreCarried() throws {
        let model = Sequential {
            Parallel(.add) {
                Sequential {
                    Conv2d(3, 4, kernel: 3, stride: 2, padding: 1); Upsample(scale: 2)
                }
                Conv2d(3, 4, kernel: 1)
            }
            ConvTranspose2d(4, 2, kernel: 3, stride: 2, outputPadding: 1)
        }
        try check(model, sides: (3..<20).map { ($0, 21 - $0) } + [(8, 8), (10, 12)])
    }

    @Test func namesStandForHeightAndWidthOnly() {
        #expect(throws: TensorError.self) { try shapes(LeNet(), input: [h, 28, 28]) }
        #expect(throws: TensorError.self) { try shapes(LeNet(), input: [1, 0, w]) }
        #expect(throws: TensorError.self) { try shapes(LeNet(), input: []) }
        #expect(throws: (any Error).self) { try shapes(LeNet(), input: [3, h, w]) }
    }
}
