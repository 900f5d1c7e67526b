import Analysis
import Foundation
import Hosting
import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

private func errorText(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "no error"
    } catch { return "\(error)" }
}

/// Explanations agree with captum's of the same network and picture.
@Suite struct ExplanationTests {
    let fixture: ExplanationFixture.Explanations
    let net: Sequential
    let x: Tensor

    init() throws {
        fixture = try ExplanationFixture.load().explanations
        net = try ExplanationFixture.convolutional()
        x = try ExplanationFixture.input()
    }

    @Test func saliencyIsCaptums() throws {
        let why = try net.saliency(x)
        #expect(why.target == fixture.target && why.label == "\(fixture.target)")
        #expect(abs(why.score - fixture.scores[fixture.target]) < 1e-5)
        #expect(try difference(why.values, fixture.saliency) < 1e-4)
        #expect(why.map.shape == [12, 12])
        #expect(try why.map.max().item() == why.values.max().item())
    }

    @Test func smoothGradWithoutNoiseIsSaliencyAndASeedDecidesTheNoise() throws {
        #expect(
            try difference(
                net.smoothGrad(x, samples: 3, noise: 0).values, fixture.smoothGrad) < 1e-4)
        let first = try net.smoothGrad(x, samples: 4, seed: 3).values.scalars(as: Float.self)
        let again = try net.smoothGrad(x, samples: 4, seed: 3).values.scalars(as: Float.self)
        let other = try net.smoothGrad(x, samples: 4, seed: 4).values.scalars(as: Float.self)
        #expect(first == again && first != other)
    }

    @Test func guidedBackpropagationIsCaptums() throws {
        let why = try net.guidedBackpropagation(x)
        #expect(try difference(why.values, fixture.guided) < 1e-4)
        // A gradient that went back as usual is another one.
        let plain = try net.saliency(x).values
        #expect(try difference(why.values.abs(), plain.scalars(as: Double.self)) > 0.1)
    }

    @Test func integratedGradientsAreCaptumsAndComplete() throws {
        let why = try net.integratedGradients(x, steps: 20)
        #expect(try difference(why.values, fixture.integrated) < 1e-4)
        let finer = try net.integratedGradients(x, steps: 200)
        #expect(abs((finer["completeness"] ?? 0) - 1) < 0.01)
        let sum = try finer.values.sum().item()
        #expect(abs(sum - (finer["sum"] ?? 0)) < 1e-4)
        #expect(abs(sum - (finer["difference"] ?? 0)) < 0.01)
        // From the picture itself there is no way to go.
        let none = try net.integratedGradients(x, steps: 5, baseline: x)
        #expect(try none.values.abs().max().item() == 0)
    }

    @Test func occlusionIsCaptums() throws {
        let why = try net.occlusion(x, window: [5, 4], stride: [3, 2])
        #expect(try difference(why.map, fixture.occlusion) < 1e-4)
        #expect(why.values.shape == [4, 5])
        #expect(try why["greatest drop"] == why.values.max().item())
    }

    @Test func gradCAMIsCaptumsAtAnyLayer() throws {
        let why = try net.gradCAM(x)
        #expect(why.layer == "4" && why.values.shape == [6, 6] && why.map.shape == [12, 12])
        #expect(try difference(why.values, fixture.gradCAM) < 1e-4)
        let first = try net.gradCAM(x, at: "1", target: 1)
        #expect(first.target == 1)
        #expect(try difference(first.values, fixture.gradCAMFirst) < 1e-4)
    }

    @Test func scoreCAMIsThePapersFormula() throws {
        #expect(try difference(net.scoreCAM(x).values, fixture.scoreCAM) < 1e-4)
        #expect(try net.scoreCAM(x, channels: 3)["maps"] == 3)
    }

    @Test func explanationsLeaveTheModelAsItWas() throws {
        net.freeze()
        try net.parameter(named: "6.weight").isTrainable = true
        _ = try net.gradCAM(x)
        _ = try net.saliency(x)
        _ = try net.integratedGradients(x, steps: 2)
        #expect(net.namedWeights.allSatisfy { $0.parameter.gradient == nil })
        #expect(net.namedWeights.filter(\.parameter.isTrainable).map(\.name) == ["6.weight"])
        // Also where they fail.
        _ = errorText { _ = try net.saliency(x, target: 9) }
        #expect(net.namedWeights.filter(\.parameter.isTrainable).map(\.name) == ["6.weight"])
    }

    @Test func gradientsAtALayerAreThoseOfACopyCutThere() throws {
        let maps = try net.gradients(x, at: "2", target: 3)
        #expect(maps.values.shape == [6, 6, 6] && maps.isGradient)
        let point = try net.activations(x, at: "2").values.expandedDimensions(axis: 0)
        let rest = try (3..<7).map { try net[$0] }
        let expected = try gradient(
            of: { x in try rest.reduce(x) { try $1.call($0) }.indexed(by: [0, 3]) }, at: point)
        #expect(try difference(maps.values, expected.scalars(as: Double.self)) < 1e-5)
    }

    @Test func activationsOfALayerAndOfTheActivationAfterItAreReached() throws {
        let rectified = try net.activations(x, at: "1")
        #expect(rectified.values.shape == [6, 12, 12])
        #expect(try rectified.values.min().item() == 0 && rectified.zeroShare > 0.1)
        #expect(
            try rectified.values.scalars(as: Float.self)
                == net.activations(x, at: "0").values.scalars(as: Float.self))
        let strengths = try rectified.strengths
        let order = try rectified.strongest
        #expect(order.count == 6 && strengths[order[0]] == strengths.max())
    }

    @Test func mapsWithTheirChannelsLastArePicturedAsMaps() throws {
        // As many channels as columns, so that only a second size tells the axes apart.
        let net = try ExplanationFixture.filled(
            Sequential {
                Conv2d(3, 6, kernel: 3, padding: 1)
                MaxPool2d(2).named("first")
                Lambda("channels last") { try $0.transposed(0, 2, 3, 1) }.named("last")
                Lambda("channels first") { try $0.transposed(0, 3, 1, 2) }.named("back")
                ReLU()
                AdaptiveAvgPool2d(2)
                Flatten()
                Linear(24, 4)
            })
        let (first, last) = (
            try net.activations(x, at: "first"), try net.activations(x, at: "last")
        )
        #expect(first.values.shape == [6, 6, 6] && last.values.shape == [6, 6, 6])
        #expect(try last.strongest == first.strongest)
        #expect(try last.strengths == first.strengths)
        #expect(try last.picture.bytes == first.picture.bytes)
        let gradients = try (
            net.gradients(x, at: "first", target: 1), net.gradients(x, at: "last", target: 1)
        )
        #expect(try gradients.0.picture.bytes == gradients.1.picture.bytes)
        let maps = try (net.gradCAM(x, at: "first"), net.gradCAM(x, at: "last"))
        #expect(
            try difference(maps.0.values, maps.1.values.scalars(as: Double.self)) < 1e-6)
    }

    @Test func whatLiesBeforeAWatchedLayerMayBeJoined() throws {
        let net = try ExplanationFixture.filled(
            Sequential {
                Sequential {
                    Conv2d(3, 4, kernel: 3)
                    BatchNorm2d(4)
                    ReLU()
                }.named("stem")
                Conv2d(4, 5, kernel: 3).named("conv")
                GlobalAvgPool2d()
                Flatten()
            })
        let apart = try net.gradients(x, at: "stem", target: 2).values
        let inside = try net.gradients(x, at: "stem.1", target: 2).values
        #expect(try difference(apart, inside.scalars(as: Double.self)) < 1e-5)
    }

    @Test func aMapIsAPictureOverThePhotograph() throws {
        let why = try net.gradCAM(x)
        let overlay = try why.overlay
        #expect(overlay.width == 12 * 18 && overlay.channels == 3)
        #expect(try why.picture.width > 2 * overlay.width)
        let bundle = try why.mimeBundle()
        #expect(bundle["image/png"] != nil)
        #expect(bundle.plain.hasPrefix("Grad-CAM: 0, score 1.9585, probability"))
    }

    @Test func anImageIsPreparedAsTheModelsTrainingImagesWere() throws {
        let photo = try Image.filled(width: 40, height: 30, color: [200, 100, 50])
        net.info = ModelInfo(
            classes: ["a", "b", "c", "d", "e"], channelMeans: [0.5, 0.4, 0.3],
            channelDeviations: [0.2, 0.2, 0.2], inputShape: [3, 12, 12])
        let why = try net.gradCAM(photo)
        #expect(why.photo.width == 12 && why.photo.height == 12)
        #expect(try why.label == net.predict(photo).label)
        #expect(try abs(why.probability - net.predict(photo).probability) < 1e-5)
    }

    @Test func whatCannotBeExplainedSaysWhy() throws {
        #expect(
            errorText { _ = try net.saliency(x, target: 5) }
                == "saliency: there is no class 5, expected 0..<5, got 5")
        #expect(
            errorText { _ = try net.activations(x, at: "nose") }.contains(
                "the input goes through no layer of that name"))
        #expect(
            errorText { _ = try net.gradCAM(x, at: "6") }
                == "gradCAM: layer \"6\" gives no maps, expected [N, C, H, W], or the tokens of a "
                + "grid, got [1, 5]")
        #expect(
            errorText { _ = try net.integratedGradients(x, steps: 0) }
                == "integratedGradients: 'steps' is out of range, expected 1...1000, got 0")
        #expect(
            errorText { _ = try net.occlusion(x, window: 13) }.hasPrefix(
                "occlusion: 'window' does not fit into the picture"))
        #expect(
            errorText { _ = try net.saliency(Tensor.zeros([2, 3, 12, 12])) }.contains(
                "the tensor is not one picture"))
        #expect(
            errorText { _ = try net.attention(x) }
                == "attention: the model has no attention between tokens, expected a vision "
                + "transformer, got Sequential")
        #expect(
            errorText { _ = try Conv2d(3, 4, kernel: 3).saliency(x) }.hasPrefix(
                "saliency: the model's output is not a row of scores for each picture"))
        #expect(errorText { _ = try net.filters(at: "6") }.contains("has no filters"))
    }

    @Test func filtersAreThoseOfTheLayer() throws {
        let filters = try net.filters(at: "0")
        #expect(filters.values.shape == [6, 3, 3, 3])
        #expect(filters.description == "6 filters of 0, 3x3 of 3 channels")
        #expect(try filters.picture.channels == 3)
    }
}

/// What tokens look at agrees with PyTorch's weights of the same network.
@Suite struct AttentionMapTests {
    let fixture: ExplanationFixture.Attention
    let net: TokenNetwork
    let x: Tensor

    init() throws {
        fixture = try ExplanationFixture.load().attention
        net = try ExplanationFixture.tokens()
        x = try ExplanationFixture.input()
    }

    @Test func weightsAreThoseThatTheModelUses() throws {
        let attention = try net.attention(x)
        #expect(attention.layers == ["blocks.0.attention", "blocks.1.attention"])
        #expect(attention.heads == 3 && attention.grid == [3, 3] && attention.firstPatch == 1)
        for (found, expected) in zip(attention.weights, fixture.weights) {
            #expect(found.shape == [3, 10, 10])
            #expect(try difference(found, expected) < 1e-4)
        }
        #expect(try attention.maps(layer: 0).shape == [3, 3, 3])
        #expect(try attention.picture().width > 0)
        #expect(
            errorText { _ = try attention.maps(layer: 2) }
                == "attention: there is no layer 2, expected -2..<2, got 2")
    }

    @Test func rolloutIsTheProductOverTheLayers() throws {
        let why = try net.attentionRollout(x)
        #expect(try difference(why.values, fixture.rollout) < 1e-4)
        #expect(why.map.shape == [12, 12])
    }

    @Test func gradCAMReadsTokensInFrontOfTheLastAttention() throws {
        #expect(try net.gradCAM(x).layer == "blocks.1.norm")
        let tokens = try net.activations(x, at: "blocks.1.norm").values.indexed(by: [1...])
        var found: [Double] = []
        var expected: [Double] = []
        for target in 0..<5 {
            let why = try net.gradCAM(x, target: target)
            #expect(why.values.shape == [3, 3])
            found += try why.values.scalars(as: Double.self)
            let slopes = try net.gradients(x, at: "blocks.1.norm", target: target).values
            let weights = try slopes.indexed(by: [1...]).mean(axis: 0, keepDims: true)
            expected += try Tensor.multiplying(tokens, weights).sum(axis: 1).relu()
                .scalars(as: Double.self)
        }
        #expect(expected.contains { $0 > 0 } && difference(found, expected) < 1e-5)
    }
}
