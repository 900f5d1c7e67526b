import Foundation
import Hosting
import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

/// A run is repeated bit for bit, or the first thing that differs is named.
@Suite struct ReplayTests {
    /// With everything that draws random numbers or keeps state: dropout, normalisation, mixing,
    /// momentum, augmentation, validation, unfreezing by schedule, early stopping.
    private func network() -> Sequential {
        Sequential {
            Conv2d(1, 4, kernel: 3, padding: 1).named("conv")
            BatchNorm2d(4).named("norm")
            ReLU()
            Flatten()
            Dropout(0.3)
            Linear(256, 4).named("head")
        }
    }

    private func run(
        _ model: any Layer, _ data: ImageDataset? = nil, epochs: Int = 3,
        checkpoint: Checkpoint? = nil
    ) throws -> History {
        let data =
            try data ?? quarters(40).transformed(RandomFlip(.horizontal))
        return try Recorder().run {
            try fit(
                model, train: data, validation: quarters(16, seed: 5), epochs: epochs, batchSize: 8,
                optimizer: Adam(learningRate: 0.01), schedule: .cosine,
                gradientClipping: .norm(1), mixing: MixUp(),
                earlyStopping: .bestWeights(), checkpoint: checkpoint)
        }
    }

    private func folder() throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/replays-\(UUID())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private func values(_ model: any Layer) throws -> [[Float]] {
        try model.namedState.map { try $0.parameter.value.scalars(as: Float.self) }
    }

    @Test func aRunIsRepeatedBitForBitAndTheModelStaysAsItIs() throws {
        seed(21)
        let model = network()
        let history = try run(model)
        let trained = try values(model)
        let before = Context.current.generator.words
        let first = try Recorder().run { () throws -> Replay in try replay(history) }
        #expect(first.isIdentical && first.steps == 15, "\(first)")
        #expect(first.description == "the same, bit for bit: 15 steps")
        #expect(first.history?.stepLosses == history.stepLosses)
        #expect(try values(model) == trained)
        #expect(Context.current.generator.words == before)
        // And once more: nothing of the first time is left in the optimizer.
        let second = try Recorder().run { () throws -> Replay in try replay(history) }
        #expect(second.isIdentical)
    }

    @Test func aCapsuleInAFileRepeatsTheRunWithAnotherSeed() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        seed(22)
        let history = try run(network())
        let path = folder + "/run.json"
        try history.capsule.save(path)
        let capsule = try Capsule(path)
        let kept = try history.capsule
        #expect(capsule == kept)
        seed(999)
        let again = try replay(capsule) { try run(network()) }
        #expect(again.isIdentical, "\(again)")
        for (name, content) in [("empty", ""), ("other", "{\"a\": 1}")] {
            try content.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            #expect(throws: TrainingError.self) { try Capsule("\(folder)/\(name)") }
        }
        #expect(throws: TrainingError.self) { try Capsule(folder + "/none") }
        #expect(throws: TrainingError.self) { try capsule.save(folder + "/no/run.json") }
    }

    @Test func whatIsNotTheSameIsNamed() throws {
        seed(23)
        let capsule = try run(network()).capsule
        func difference(_ body: () throws -> History) throws -> String {
            try replay(capsule, body).difference ?? ""
        }
        let shorter = try difference { try run(network(), epochs: 2) }
        #expect(shorter == "the recipe, epochs: the run had 3, this one has 2")
        let other = try difference { try run(network(), quarters(40)) }
        #expect(other.hasPrefix("the recipe, training data: "), "\(other)")
        let wider = Sequential {
            Conv2d(1, 5, kernel: 3, padding: 1).named("conv")
            Flatten()
            Linear(320, 4)
        }
        let wide = try difference { try run(wider) }
        #expect(wide.hasPrefix("the recipe, model: "), "\(wide)")
    }

    @Test func aPictureThatChangedIsFoundInItsStep() throws {
        seed(24)
        func data(changed: Bool) throws -> ImageDataset {
            var images = try (0..<32).map { try quarters(40).sample($0).image }
            if changed {
                var bytes = images[9].bytes
                bytes[5] ^= 1
                images[9] = try Image(width: 8, height: 8, channels: 1, bytes: bytes)
            }
            return try ImageDataset(
                images: images, labels: (0..<32).map { $0 % 4 }, classes: ["a", "b", "c", "d"])
        }
        func train(_ data: ImageDataset) throws -> History {
            // Without statistics of the data, which the picture is a part of.
            try Recorder().run {
                try fit(network(), train: data, epochs: 1, batchSize: 8, normalized: false)
            }
        }
        let capsule = try train(data(changed: false)).capsule
        let same = try replay(capsule) { try train(data(changed: false)) }
        #expect(same.isIdentical)
        let other = try replay(capsule) { try train(data(changed: true)) }
        let found = try #require(other.difference)
        #expect(found == "the images or labels of step \(other.steps + 1)")
    }

    @Test func theFirstOperationThatDiffersIsNamed() throws {
        // A layer whose last bit depends on something outside.
        final class Drift { var size = 0.0 }
        let drift = Drift()
        func model() -> Sequential {
            Sequential {
                Flatten()
                Linear(64, 8).named("first")
                ReLU()
                Lambda("drift") { try Tensor.multiplying($0, .real(1 + drift.size)) }.named("drift")
                Linear(8, 4).named("second")
            }
        }
        func train() throws -> History {
            try Recorder().run { try fit(model(), train: quarters(32), epochs: 2, batchSize: 8) }
        }
        seed(25)
        let capsule = try train().capsule
        drift.size = 1e-6
        let again = try replay(capsule) { try train() }
        let difference = try #require(again.difference)
        #expect(
            difference.hasPrefix("step 1: multiplying in drift (Lambda), operation "),
            "\(difference)")
        #expect(again.steps == 0 && !again.isIdentical)
    }

    @Test func anOperationThatIsNeverTheSameIsNamedInALaterStep() throws {
        final class Count { var calls = 0 }
        let count = Count()
        func model(unstable: Bool) -> Sequential {
            Sequential {
                Flatten()
                Linear(64, 4).named("first")
                Lambda("odd") { x in
                    count.calls += 1
                    let drift = unstable && count.calls > 2 ? 1e-4 * Double(count.calls) : 0
                    return try Tensor.multiplying(x, .real(1 + drift))
                }.named("odd")
            }
        }
        func train(unstable: Bool) throws -> History {
            count.calls = 0
            return try Recorder().run {
                try fit(model(unstable: unstable), train: quarters(32), epochs: 1, batchSize: 8)
            }
        }
        seed(26)
        let capsule = try train(unstable: false).capsule
        let again = try replay(capsule) { try train(unstable: true) }
        #expect(again.steps == 2)
        let difference = try #require(again.difference)
        #expect(
            difference.hasPrefix("step 3: multiplying in odd (Lambda), operation "), "\(difference)"
        )
        #expect(difference.hasSuffix("gives other numbers each time it is done"))
    }

    @Test func anOperationThatChangedSinceIsNamedInALaterStep() throws {
        // From the third step on it gives something else, and the same each time.
        final class Count { var (calls, size) = (0, 0.0) }
        let count = Count()
        func model() -> Sequential {
            Sequential {
                Flatten()
                Linear(64, 4).named("first")
                Lambda("turn") { x in
                    count.calls += 1
                    return try Tensor.multiplying(x, .real(count.calls > 2 ? 1 + count.size : 1))
                }.named("turn")
            }
        }
        func train() throws -> History {
            count.calls = 0
            return try Recorder().run {
                try fit(model(), train: quarters(32), epochs: 2, batchSize: 8)
            }
        }
        seed(31)
        let capsule = try train().capsule
        count.size = 1e-4
        let again = try replay(capsule) { try train() }
        #expect(again.steps == 2)
        let difference = try #require(again.difference)
        #expect(
            difference == "step 3: multiplying in turn (Lambda), operation 3 of 7, no longer gives "
                + "what it gave in the first step of the run", "\(difference)")
    }

    @Test func anOperationThatWasOnceDifferentIsNamedInItsStep() throws {
        final class Count { var (calls, odd) = (0, 0) }
        let count = Count()
        func train() throws -> History {
            count.calls = 0
            let model = Sequential {
                Flatten()
                Linear(64, 4).named("first")
                Lambda("once") { x in
                    count.calls += 1
                    return try Tensor.multiplying(x, .real(count.calls == count.odd ? 1.001 : 1))
                }.named("once")
            }
            return try Recorder().run {
                try fit(model, train: quarters(32), epochs: 2, batchSize: 8)
            }
        }
        seed(32)
        let capsule = try train().capsule
        count.odd = 6
        let again = try replay(capsule) { try train() }
        #expect(again.steps == 5)
        let difference = try #require(again.difference)
        #expect(
            difference.hasPrefix("step 6: multiplying in once (Lambda), operation "),
            "\(difference)")
        #expect(difference.hasSuffix("gave other numbers than when it is done again"))
    }

    /// 8,000 pictures of 28x28, which take 6 MB.
    private func large() throws -> ImageDataset {
        let images = try (0..<8000).map {
            try Image.filled(width: 28, height: 28, color: [UInt8($0 % 251)])
        }
        return try ImageDataset(
            images: images, labels: (0..<8000).map { $0 % 2 }, classes: ["even", "odd"])
    }

    private func trained(
        _ model: any Layer, _ data: ImageDataset, _ optimizer: any Optimizer = Adam()
    ) throws -> History {
        try Recorder().run {
            try fit(
                model, train: data, epochs: 1, batchSize: 1000, optimizer: optimizer,
                normalized: false)
        }
    }

    @Test func aHistoryHoldsNeitherTheWeightsNorTheOptimizerOfItsRun() throws {
        seed(33)
        weak var weight: Parameter?
        weak var optimizer: Adam?
        func run() throws -> History {
            let model = Sequential {
                Flatten()
                Linear(64, 4).named("head")
            }
            let adam = Adam(learningRate: 0.01)
            weight = try model.parameter(named: "head.weight")
            optimizer = adam
            let history = try trained(model, quarters(40), adam)
            #expect(weight != nil && optimizer != nil)
            return history
        }
        let history = try run()
        #expect(weight == nil && optimizer == nil)
        let again = try Recorder().run { () throws -> Replay in try replay(history) }
        #expect(again.isIdentical, "\(again)")
    }

    @Test func aHistoryDoesNotHoldLargeDataAndSaysThatItIsGone() throws {
        seed(34)
        func model() -> Sequential {
            Sequential {
                Flatten()
                Linear(784, 2)
            }
        }
        var data: ImageDataset? = try large()
        let whole = try trained(model(), try #require(data))
        let part = try trained(model(), try #require(data).prefix(2000))
        let held = try Recorder().run { () throws -> Replay in try replay(whole) }
        #expect(held.isIdentical, "\(held)")
        data = nil
        // What it takes little room to keep is there.
        let small = try Recorder().run { () throws -> Replay in try replay(part) }
        #expect(small.isIdentical, "\(small)")
        var message = ""
        do { _ = try replay(whole) } catch { message = "\(error)" }
        #expect(
            message.hasPrefix("replay: the training data of the run is gone (ImageDataset: 8000"))
        #expect(
            message.contains("expected it to be held in a variable, or replay(history.capsule)"))
        let anew = try replay(whole.capsule) { try trained(model(), large()) }
        #expect(anew.isIdentical, "\(anew)")
    }

    @Test func aRunThatWasStoppedAndWentOnHasTheCapsuleOfOneThatWasNot() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        seed(27)
        let whole = try run(network()).capsule
        seed(27)
        let model = network()
        let checkpoint = Checkpoint(folder + "/run.checkpoint", everySteps: 2)
        let recorder = Recorder(stopAfter: 2)
        #expect(throws: Interrupted.self) {
            try recorder.run {
                try fit(
                    model, train: quarters(40).transformed(RandomFlip(.horizontal)),
                    validation: quarters(16, seed: 5), epochs: 3, batchSize: 8,
                    optimizer: Adam(learningRate: 0.01), schedule: .cosine,
                    gradientClipping: .norm(1), mixing: MixUp(),
                    earlyStopping: .bestWeights(), checkpoint: checkpoint)
            }
        }
        let rest = try run(model, checkpoint: checkpoint)
        let resumed = try rest.capsule
        #expect(resumed == whole)
        // The file of a run that has ended does not keep it from being repeated.
        let again = try replay(whole) { try run(network(), checkpoint: checkpoint) }
        #expect(again.isIdentical)
    }

    @Test func weightsThatWereLoadedAreAskedForAndChecked() throws {
        seed(28)
        let model = network()
        let copy = try model.copy()
        try copy.parameter(named: "head.bias").setValue(Tensor([1, 2, 3, 4]))
        let start = try copy.copy()
        let history = try run(copy)
        var message = ""
        do { _ = try replay(history) } catch { message = "\(error)" }
        #expect(message.contains("began with a head.bias that was loaded or trained before"))
        let capsule = try history.capsule
        let same = try replay(capsule) { try run(start) }
        #expect(same.isIdentical)
        let other = try replay(capsule) { try run(network()) }
        #expect(
            other.difference?.hasPrefix("head.bias before the first step: it was loaded") == true)
    }

    @Test func aClosureThatDoesNotTrainOrTrainsTwiceIsAnError() throws {
        seed(29)
        let history = try run(network())
        let capsule = try history.capsule
        #expect(throws: TrainingError.self) { try replay(capsule) { history } }
        #expect(throws: TrainingError.self) {
            try replay(capsule) {
                _ = try run(network())
                return try run(network())
            }
        }
    }
}
