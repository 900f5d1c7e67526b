import Analysis
import NeuralNetworks
import Tensors
import Testing
import VisionData
import VisionModels

@Suite struct UnitFieldTests {
    /// Every pixel of a field has a gradient where all weights are positive and no padding is seen.
    @Test func theGradientFillsTheTheoreticalField() throws {
        let model = Sequential {
            Conv2d(1, 2, kernel: 3, stride: 2, padding: 1, bias: false)
            AvgPool2d(2, stride: 1)
            Conv2d(2, 2, kernel: [3, 5], padding: [1, 2], dilation: [2, 1], bias: false).named("c")
        }
        try model.initialize(.constant(0.1))
        for unit in [(5, 5), (4, 7), (8, 6)] {
            let field = try receptiveField(of: model, layer: "c", unit: unit, input: [1, 32, 32])
            let theory = try #require(field.theoretical)
            let measured = try #require(field.measured)
            #expect(theory.height == 3 + 2 + 8 && theory.width == 3 + 2 + 8)
            #expect(theory == measured, "\(unit): \(theory), \(measured)")
        }
        let corner = try receptiveField(of: model, layer: "c", unit: (0, 0), input: [1, 32, 32])
        #expect(corner.theoretical?.top == -3 && corner.theoretical?.left == -5)
        // The first row of the dilated window lies on padding.
        #expect(corner.measured?.top == 1 && corner.measured?.left == 0)
        #expect(model.gradients.isEmpty)
    }

    @Test func sizesAreTheKnownOnes() throws {
        for (model, layer, size) in [
            (try AlexNet(), "features.12", 195), (try VGG16(), "features.30", 212),
            (try ResNet50(), "layer4", 427),
        ] as [(Network, String, Int)] {
            let visit = try #require(
                model.trace(TensorSpec([1, 3, 224, 224])).visits.first {
                    $0.path.joined(separator: ".") == layer
                })
            #expect(visit.receptiveField?.size == [size, size])
        }
    }

    @Test func theFieldIsDrawnOverThePhotograph() throws {
        let photo = try Image(
            width: 40, height: 40, channels: 3,
            bytes: (0..<4800).map { UInt8(truncatingIfNeeded: $0 / 3) })
        let model = Sequential {
            Conv2d(3, 4, kernel: 5).named("c"); ReLU()
        }
        let field = try receptiveField(of: model, layer: "c", unit: (10, 20), in: photo)
        #expect(field.theoretical == PixelRectangle(top: 10, left: 20, height: 5, width: 5))
        #expect(field.picture.width == 40 && field.picture.height == 40)
        #expect(field.gradient.shape == [40, 40])
        let bytes = field.picture.bytes
        let corner = 3 * (10 * 40 + 20)
        #expect(bytes[corner..<corner + 3] != bytes[corner + 30..<corner + 33])
    }

    @Test func mistakesAreNamed() {
        let model = Sequential {
            Conv2d(1, 2, kernel: 3).named("c"); Flatten().named("f")
        }
        #expect(throws: LayerError.self) {
            try receptiveField(of: model, layer: "d", input: [1, 8, 8])
        }
        #expect(throws: LayerError.self) {
            try receptiveField(of: model, layer: "f", input: [1, 8, 8])
        }
        #expect(throws: LayerError.self) {
            try receptiveField(of: model, layer: "c", unit: (6, 0), input: [1, 8, 8])
        }
        #expect(throws: (any Error).self) {
            try receptiveField(of: model, layer: "c", input: [8, 8])
        }
    }
}
