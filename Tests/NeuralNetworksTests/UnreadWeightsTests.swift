import Foundation
import NeuralNetworks
import Tensors
import Testing

/// Large weights stay in a safetensors file until they are used. Whatever happens to the file
/// meanwhile, the numbers are those that were loaded, or there is an error.
@Suite struct UnreadWeightsTests {
    /// Each of the large weights goes another way: multiplied in groups of rows, Winograd's
    /// algorithm, no normalisation behind it, and a matrix.
    private func network() -> Sequential {
        Sequential {
            Conv2d(64, 128, kernel: 3, stride: 2, padding: 1).named("strided")
            BatchNorm2d(128).named("norm")
            ReLU()
            Conv2d(128, 128, kernel: 3, padding: 1).named("square")
            BatchNorm2d(128).named("norm2")
            Conv2d(128, 256, kernel: 1).named("plain")
            GlobalAvgPool2d()
            Linear(256, 80).named("head")
        }
    }

    private let large = ["strided.weight", "square.weight", "plain.weight", "head.weight"]

    /// Runs `body` with the path of weights that were saved an hour ago, in a folder of their own.
    private func withOldFile(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "unread-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "w.safetensors").path
        seed(5)
        try network().save(path)
        try age(path)
        try body(path)
    }

    private func age(_ path: String) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)], ofItemAtPath: path)
    }

    private func loaded(_ path: String) throws -> Sequential {
        let model = network()
        try model.load(path)
        for name in large { #expect(try model[name].heldByteCount == 0, "\(name)") }
        return model
    }

    private func image(_ batch: Int = 1) throws -> Tensor {
        let values = (0..<batch * 64 * 24 * 24).map { Float(($0 * 37) % 101) / 101 - 0.4 }
        return try Tensor(values, shape: [batch, 64, 24, 24])
    }

    private func answer(_ model: Sequential, batch: Int = 1) throws -> [Float] {
        try withoutGradient { try model.call(image(batch)).scalars() }
    }

    private func overwrite(_ path: String, at offset: UInt64, _ bytes: [UInt8]) throws {
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seek(toOffset: offset)
        try file.write(contentsOf: Data(bytes))
        try file.close()
    }

    private func size(_ path: String) throws -> UInt64 {
        try #require(
            FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
        ).uint64Value
    }

    @Test func weightsReadLaterGiveTheNumbersOfWeightsReadAtOnce() throws {
        try withOldFile { path in
            let eager = network()
            try eager.load(loadTensors(path))
            for name in large { #expect(try eager[name].heldByteCount > 0) }
            let model = try loaded(path)
            for batch in [1, 3, 1] {
                #expect(try answer(model, batch: batch) == answer(eager, batch: batch))
            }
            // Multiplied by the normalisation on their way into the kernel's format.
            #expect(try model["strided.weight"].heldByteCount == 0)
            for name in large {
                #expect(try model[name].scalars(as: Float.self) == eager[name].scalars(), "\(name)")
            }
        }
    }

    @Test func trainingBeginsFromWeightsThatAreStillInTheFile() throws {
        try withOldFile { path in
            func trained(_ model: Sequential) throws -> [Float] {
                let optimizer = SGD(learningRate: 0.01, momentum: 0.9)
                for _ in 0..<2 {
                    try withTraining {
                        let y = try model.call(image(2))
                        try Tensor.multiplying(y, y).sum().backward()
                    }
                    try optimizer.step(model)
                    model.zeroGradients()
                }
                return try large.flatMap { try model[$0].scalars(as: Float.self) }
            }
            let eager = network()
            try eager.load(loadTensors(path))
            #expect(try trained(loaded(path)) == trained(eager))
        }
    }

    @Test func aFileMayBeDeletedMovedOrReplaced() throws {
        let happenings: [(String) throws -> Void] = [
            { try FileManager.default.removeItem(atPath: $0) },
            { try FileManager.default.moveItem(atPath: $0, toPath: $0 + ".old") },
            { try FileManager.default.linkItem(atPath: $0, toPath: $0 + ".other") },
            { path in
                seed(6)
                try self.network().save(path)
            },
        ]
        for happening in happenings {
            try withOldFile { path in
                let expected = try answer(loaded(path))
                let model = try loaded(path)
                try happening(path)
                #expect(try answer(model) == expected)
                let copy = try model.copy()
                #expect(try answer(copy, batch: 2).prefix(80) == answer(model, batch: 2).prefix(80))
            }
        }
    }

    @Test func aFileThatChangedIsAnErrorAndLoadsAgain() throws {
        let changes: [(String) throws -> Void] = [
            { try self.overwrite($0, at: self.size($0) - 200_000, [1, 2, 3, 4]) },
            { try self.overwrite($0, at: self.size($0), [0]) },
            { path in
                let half = off_t(try self.size(path) / 2)
                #expect(truncate(path, half) == 0)
            },
            { #expect(truncate($0, 0) == 0) },
            // Which hides that it was written to.
            { path in
                try self.overwrite(path, at: self.size(path) - 200_000, [1, 2, 3, 4])
                try self.age(path)
            },
        ]
        for change in changes {
            try withOldFile { path in
                let used = try loaded(path)
                let expected = try answer(used)
                let model = try loaded(path)
                try change(path)
                for _ in 0..<2 {
                    let text = errorText { _ = try answer(model) }
                    #expect(
                        text.contains(
                            "\(path) was changed after its weights were loaded: load it again"))
                }
                #expect(errorText { try model.save(path + ".copy") }.contains("was changed after"))
                #expect(errorText { _ = try model["plain.weight"].max() } != "no error")
                // What was read is in memory.
                #expect(try answer(used) == expected)
                seed(5)
                try network().save(path)
                try model.load(path)
                #expect(try answer(model) == expected)
            }
        }
    }

    @Test func weightsAreSavedToTheFileTheyCameFrom() throws {
        try withOldFile { path in
            let expected = try answer(loaded(path))
            let model = try loaded(path)
            try model.save(path)
            #expect(try answer(model) == expected)
            try age(path)
            #expect(try answer(loaded(path)) == expected)
        }
    }

    @Test func aFileWrittenAMomentAgoIsReadAtOnce() throws {
        try withOldFile { path in
            try network().save(path)
            let model = network()
            try model.load(path)
            for name in large { #expect(try model[name].heldByteCount > 0, "\(name)") }
        }
    }

    /// The descriptors of this process under which a file is open.
    private func descriptors(of path: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)"))
                == path
        }
    }

    @Test func aFileIsOpenOnceAndAsLongAsSomeWeightIsInIt() throws {
        try withOldFile { path in
            var model: Sequential? = try loaded(path)
            #expect(try descriptors(of: path) == 1)
            for name in large { _ = try model?[name].scalars(as: Float.self) }
            #expect(try descriptors(of: path) == 0)
            model = try loaded(path)
            #expect(try descriptors(of: path) == 1)
            model = nil
            #expect(try descriptors(of: path) == 0)
        }
    }

    @Test func manyModelsDoNotUseUpTheOpenFiles() throws {
        try withOldFile { path in
            let layer = Linear(256, 80)
            try layer.save(path)
            try age(path)
            let models = try (0..<400).map { _ in
                let model = Linear(256, 80)
                try model.load(path)
                return model
            }
            #expect(try descriptors(of: path) < 257)
            let first = try models[0]["weight"].scalars(as: Float.self)
            #expect(try models[399]["weight"].scalars(as: Float.self) == first)
        }
    }

    @Test func weightsWithoutRoomAreAnError() throws {
        try withOldFile { path in
            let model = try loaded(path)
            let expected = try answer(loaded(path))
            let budget = Memory.budget
            defer { Memory.budget = budget }
            Memory.budget = Memory.used + 1000
            #expect(errorText { _ = try answer(model) }.contains("no room for"))
            Memory.budget = budget
            #expect(try answer(model) == expected)
        }
    }
}
