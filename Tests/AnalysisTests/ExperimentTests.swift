import Analysis
import Foundation
import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData
import VisionModels

/// Says how likely it is that the left half of a picture is bright, and nothing of the right.
private struct LeftHalf: Layer {
    func forward(_ x: Tensor) throws -> Tensor {
        let left = try x.indexed(by: [.ellipsis, 0..<x.shape[3] / 2]).mean(axes: [1, 2, 3])
        let scores = try left.reshaped(x.shape[0], 1)
        return try concatenated([scores, scores.negated()], axis: 1)
    }
}

@Suite struct ExperimentTests {
    @Test func limeFindsThePartsThatCount() throws {
        // Four fields of different colours, two of which matter.
        var bytes = [UInt8](repeating: 0, count: 32 * 32 * 3)
        for row in 0..<32 {
            for column in 0..<32 {
                let place = (row * 32 + column) * 3
                bytes[place + (row < 16 ? 0 : 1)] = column < 16 ? 220 : 90
            }
        }
        let photo = try Image(width: 32, height: 32, channels: 3, bytes: bytes)
        let why = try LeftHalf().lime(photo, target: 0, segments: 16, samples: 400)
        let map = try why.map.scalars(as: Double.self)
        let (left, right) = (0..<1024).reduce(into: (0.0, 0.0)) { sums, place in
            if place % 32 < 16 { sums.0 += abs(map[place]) } else { sums.1 += abs(map[place]) }
        }
        #expect(left > 5 * right, "\(left) against \(right)")
        #expect(try #require(why["segments"]) >= 8)
        let again = try LeftHalf().lime(photo, target: 0, segments: 16, samples: 400)
        #expect(try again.map.scalars(as: Double.self) == map)
    }

    @Test func fgsmIsTheSignOfTheLossesGradient() throws {
        let fixture = try ExplanationFixture.load().explanations
        let net = try ExplanationFixture.convolutional()
        let x = try ExplanationFixture.input()
        let fooled = try net.fgsm(x, epsilon: 0.03)
        #expect(try difference(fooled.input, fixture.fgsm) < 1e-4)
        #expect(fooled.before.target == fixture.target)
        let strong = try net.fgsm(x, epsilon: 0.5)
        #expect(strong.succeeded && strong.after.target != fixture.target)
        let aimed = try net.fgsm(x, epsilon: 0.3, towards: 3)
        let scores = try net.call(aimed.input).softmax(axis: 1).scalars(as: Double.self)
        let before = try net.call(x).softmax(axis: 1).scalars(as: Double.self)
        #expect(scores[3] > before[3])
        #expect(net.namedWeights.allSatisfy { $0.parameter.gradient == nil })
    }

    @Test func fgsmKeepsPixelsWhereTheModelKnowsItsNormalisation() throws {
        let net = try ExplanationFixture.convolutional()
        net.info = ModelInfo(
            channelMeans: [0.5, 0.5, 0.5], channelDeviations: [0.25, 0.5, 0.25],
            inputShape: [3, 12, 12])
        let black = try Image.filled(width: 12, height: 12, color: [0, 128, 255])
        let fooled = try net.fgsm(black, epsilon: 0.1)
        let values = try fooled.input.scalars(as: Double.self)
        #expect(values[0..<144].allSatisfy { $0 >= -2.0001 && $0 <= -1.5999 })
        #expect(values[288...].allSatisfy { $0 <= 2.0001 })
        #expect(fooled.image.width == 12)
    }

    @Test func topPatchesAreThosePicturesThatAChannelAnswersTo() throws {
        // The channel answers to the brightest 3x3 window; picture 4 has one at (6, 2).
        let net = Sequential {
            Conv2d(1, 2, kernel: 3, bias: false).named("conv")
            GlobalAvgPool2d()
            Flatten()
        }
        try net.parameter(named: "conv.weight").setValue(
            concatenated([Tensor.ones([1, 1, 3, 3]), Tensor.zeros([1, 1, 3, 3])], axis: 0))
        let images = try (0..<6).map { index in
            var bytes = [UInt8](repeating: UInt8(index), count: 100)
            if index == 4 {
                for row in 2..<5 { for column in 6..<9 { bytes[row * 10 + column] = 250 } }
            }
            return try Image(width: 10, height: 10, channels: 1, bytes: bytes)
        }
        let data = try ImageDataset(
            images: images, labels: [0, 0, 0, 0, 0, 0], classes: ["dark"])
        let patches = try net.topPatches(data, at: "conv", channel: 0, count: 3)
        #expect(patches.patches.map(\.index) == [4, 5, 3])
        let best = try patches.patch(at: 0)
        #expect(best.image.width == 3 && best.image.height == 3)
        #expect(best.x == 6 && best.y == 2)
        #expect(abs(best.value - 9 * 250 / 255) < 1e-4)
        #expect(throws: TensorError.self) {
            _ = try net.topPatches(data, at: "conv", channel: 2)
        }
        #expect(throws: LayerError.self) {
            _ = try net.topPatches(data, at: "nose", channel: 0)
        }
    }

    @Test func aPatchIsWhatTheUnitSeesAsFarAsItLiesOnThePicture() throws {
        // Units see 5x5 pixels from (4 row - 2, 4 column - 2) on; the map is no picture made
        // smaller.
        let net = Sequential {
            Conv2d(1, 1, kernel: 5, stride: 4, padding: 2, bias: false).named("conv")
        }
        try net.parameter(named: "conv.weight").setValue(Tensor.ones([1, 1, 5, 5]))
        func bright(_ row: Int, _ column: Int) throws -> Image {
            var bytes = [UInt8](repeating: 10, count: 15 * 15)
            bytes[row * 15 + column] = 250
            return try Image(width: 15, height: 15, channels: 1, bytes: bytes)
        }
        let data = try ImageDataset(
            images: [bright(8, 9), bright(0, 13), bright(14, 1)], labels: [0, 0, 0],
            classes: ["dark"])
        let found = try net.topPatches(data, at: "conv", channel: 0).patches
            .sorted { $0.index < $1.index }
        let parts = found.map { [$0.y, $0.x, $0.image.height, $0.image.width] }
        #expect(parts == [[6, 6, 5, 5], [0, 10, 3, 5], [10, 0, 5, 3]], "\(parts)")
    }

    @Test func theMiddleOfALossSurfaceIsTheModelAndItStaysAsItIs() throws {
        let images = try (0..<12).map {
            try Image.filled(width: 6, height: 6, color: [UInt8($0 * 20)])
        }
        let data = try ImageDataset(
            images: images, labels: (0..<12).map { $0 / 6 }, classes: ["dark", "bright"])
        let net = try ExplanationFixture.filled(
            Sequential {
                Conv2d(1, 4, kernel: 3)
                BatchNorm2d(4)
                ReLU()
                Flatten()
                Linear(64, 2)
            })
        let before = try net["0.weight"].scalars(as: Float.self)
        let surface = try lossSurface(net, on: data, resolution: 5, range: 0.5)
        #expect(surface.losses.shape == [5, 5] && surface.steps == [-0.5, -0.25, 0, 0.25, 0.5])
        let evaluation = try evaluate(net, on: data)
        #expect(abs(try surface.center - evaluation.loss) < 1e-4)
        #expect(try surface.least <= surface.center)
        #expect(try net["0.weight"].scalars(as: Float.self) == before)
        // Half a step of length w each way is a filter of length 1.5 w at most.
        let other = try lossSurface(net, on: data, resolution: 5, range: 0.5, seed: 1)
        #expect(
            try other.losses.scalars(as: Float.self) != surface.losses.scalars(as: Float.self))
        #expect(try surface.picture.channels == 3)
        #expect(throws: TensorError.self) { _ = try lossSurface(net, on: data, resolution: 4) }
    }
}
