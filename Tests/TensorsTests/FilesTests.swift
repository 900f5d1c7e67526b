import Foundation
import Hosting
import Tensors
import Testing

/// Files written by NumPy and by the reference implementation of safetensors (see
/// `Fixtures/make_files.py`), and ours compared with them.
enum Fixture {
    static func path(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/\(name)").path
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path(name))))
    }

    /// Runs `body` with the path of a file that does not exist yet, in a folder of its own.
    static func withTemporaryPath(_ name: String, _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "tensor-files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.appending(path: name).path)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left.allSatisfy { $0 == name }, "left behind: \(left)")
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }
}

@Suite struct FilesArrayTests {
    private func load(_ name: String) throws -> Tensor { try Tensor.load(Fixture.path(name)) }

    @Test(arguments: [
        ("float32.npy", [0, 0.5, 1, 1.5, 2, 2.5], [2, 3], DType.float32),
        ("float64_fortran.npy", [0, 0.25, 0.5, 0.75, 1, 1.25], [2, 3], .float32),
        ("float16.npy", [0, -0.5, 65504, 5.9604645e-08, 1.001358e-05, .infinity], [6], .float32),
        ("int64_version2.npy", [-3, -2, -1, 0, 1, 2], [2, 3], .int64),
        ("int32_version3.npy", [0, 1, 2, 3, 4, 5], [2, 3], .int32),
        ("int16.npy", [-32768, 0, 32767], [3], .int32),
        ("uint8.npy", [0, 255], [1, 2], .uint8),
        ("bool.npy", [1, 0, 1], [3], .bool),
        ("scalar.npy", [2.5], [], .float32),
        ("empty.npy", [], [0, 3], .float32),
    ])
    func readsWhatNumPyWrote(name: String, values: [Float], shape: [Int], dtype: DType) throws {
        let tensor = try load(name)
        #expect(tensor.shape == shape)
        #expect(tensor.dtype == dtype)
        #expect(try tensor.scalars(as: Float.self) == values)
    }

    @Test(arguments: ["float32.npy", "int64_version2.npy", "uint8.npy", "bool.npy", "scalar.npy"])
    func writesWhatNumPyWouldWrite(name: String) throws {
        let tensor = try load(name)
        try Fixture.withTemporaryPath("x.npy") { path in
            try tensor.save(path)
            let ours = [UInt8](try Data(contentsOf: URL(filePath: path)))
            // NumPy wrote this one as version 2 because it was asked to.
            if name == "int64_version2.npy" {
                #expect(ours[6] == 1)
                #expect(ours.suffix(48) == (try Fixture.bytes(name)).suffix(48))
            } else {
                #expect(try ours == Fixture.bytes(name))
            }
            #expect(try Tensor.load(path).scalars(as: Float.self) == tensor.scalars(as: Float.self))
        }
    }

    @Test func aViewIsSavedInItsLogicalOrder() throws {
        let x = try load("float32.npy").transposed()
        try Fixture.withTemporaryPath("x.npy") { path in
            try x.save(path)
            let y = try Tensor.load(path)
            #expect(y.shape == [3, 2])
            #expect(try y.scalars(as: Float.self) == [0, 1.5, 0.5, 2, 1, 2.5])
        }
    }

    @Test func anUnsupportedTypeSaysWhatWouldWork() {
        let text = thrownText { try load("big_endian.npy") }
        #expect(text.hasPrefix("load: "))
        #expect(
            text.hasSuffix(
                "big_endian.npy: elements of an unsupported type, expected little-endian numbers "
                    + "or booleans (array.astype('<f4') in NumPy), got '>f4'"))
        #expect(
            thrownText { try load("structured.npy") }
                .hasSuffix("got '[('a', '<f4'), ('b', '<i4')]'"))
    }

    @Test func aFileOfAnotherKindIsRefused() throws {
        #expect(
            thrownText { try load("nothing.npy") }.hasSuffix(
                "nothing.npy: No such file or directory"))
        #expect(
            thrownText { try Tensor.load("/tmp") }
                == "load: cannot read /tmp, expected a file, got something else, such as a folder")
        #expect(
            thrownText { try load("make_files.py") }
                .hasSuffix("not a .npy file, expected the letters NUMPY in front"))
        #expect(
            thrownText { try Tensor.zeros([1]).save("/nowhere/x.npy") }
                == "save: cannot write /nowhere/x.npy: No such file or directory")
    }

    @Test func aShapeLargerThanTheFileIsRefused() throws {
        let bytes = try Fixture.bytes("float32.npy")
        for shape in ["(9223372036854775807, 4)", "(2, 4)", "(99999999999999999999,)", "(-1,)"] {
            var text = String(decoding: bytes[10..<128], as: UTF8.self)
            text = text.replacingOccurrences(of: "(2, 3)", with: shape)
            text = text.prefix(117).padding(toLength: 117, withPad: " ", startingAt: 0) + "\n"
            try Fixture.withTemporaryPath("x.npy") { path in
                try Fixture.write(bytes[..<10] + Array(text.utf8) + bytes[128...], to: path)
                #expect(throws: TensorError.self) { try Tensor.load(path) }
            }
        }
    }
}

@Suite struct FilesHostileTests {
    @Test(arguments: ["float64_fortran.npy", "int64_version2.npy", "ours.safetensors"])
    func everyTruncationIsAnError(name: String) throws {
        let bytes = try Fixture.bytes(name)
        try Fixture.withTemporaryPath("x") { path in
            try Fixture.write(bytes, to: path)
            let file = try #require(FileHandle(forUpdatingAtPath: path))
            for length in (0..<bytes.count).reversed() {
                try file.truncate(atOffset: UInt64(length))
                #expect(throws: TensorError.self, "cut to \(length) bytes") {
                    try read(name, path)
                }
            }
        }
    }

    @Test(arguments: ["float32.npy", "bool.npy", "ours.safetensors", "types.safetensors"])
    func everyDamagedByteGivesAnErrorOrTensors(name: String) throws {
        let bytes = try Fixture.bytes(name)
        try Fixture.withTemporaryPath("x") { path in
            var generator = RandomGenerator(seed: 7)
            var failures = 0
            try Fixture.write(bytes, to: path)
            let file = try #require(FileHandle(forUpdatingAtPath: path))
            for _ in 0..<1500 {
                var damaged = bytes
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    let place = Int.random(in: 0..<bytes.count, using: &generator)
                    damaged[place] = UInt8.random(in: 0...255, using: &generator)
                }
                try file.seek(toOffset: 0)
                try file.write(contentsOf: Data(damaged))
                do {
                    try read(name, path)
                } catch is TensorError {
                    failures += 1
                }
            }
            #expect(failures > 100)
        }
    }

    private func read(_ name: String, _ path: String) throws {
        if name.hasSuffix(".npy") {
            _ = try Tensor.load(path).scalars(as: Float.self)
        } else {
            for tensor in try loadTensors(path).values { _ = try tensor.scalars(as: Float.self) }
        }
    }
}

/// Keeps what running code says.
private final class Recorder: OutputSink, @unchecked Sendable {
    // Invariant: used by one test on one thread.
    var text = ""

    func emit(_ event: OutputEvent) {
        if case .text(let text, .standardError) = event { self.text += text }
    }

    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }
}

@Suite struct FilesTypeTests {
    @Test func bfloat16IsKeptBySafetensorsAndRefusedByArrays() throws {
        let x = try Tensor([1, 2.5, -0.1, .infinity], dtype: .bfloat16)
        try Fixture.withTemporaryPath("x.safetensors") { path in
            try saveTensors(["x": x, "a": Tensor([1, 2])], path)
            let file = try Safetensors(contentsOf: path)
            #expect(file.notes.isEmpty)
            #expect(file.tensors["x"]?.dtype == .bfloat16)
            #expect(try file.tensors["x"]?.scalars(as: Float.self) == x.scalars(as: Float.self))
        }
        try Fixture.withTemporaryPath("x.npy") { path in
            #expect(
                thrownText { try x.save(path) }
                    == "save: the .npy format has no bfloat16, expected cast(to: .float32), or "
                    + "saveTensors to a .safetensors file, got bfloat16")
        }
    }

    @Test func readingSaysWhatItConverted() throws {
        func said(_ body: () throws -> Void) rethrows -> String {
            let recorder = Recorder()
            try Host.$current.withValue(Host(output: recorder)) { try body() }
            return recorder.text
        }
        let half = Fixture.path("float16.npy")
        #expect(
            try said { _ = try Tensor.load(half) } == "load: \(half): float16 became float32\n")
        let double = Fixture.path("float64_fortran.npy")
        #expect(
            try said { _ = try Tensor.load(double) }
                == "load: \(double): float64 became float32\n")
        #expect(try said { _ = try Tensor.load(Fixture.path("float32.npy")) } == "")
        let types = Fixture.path("types.safetensors")
        let text = try said { _ = try loadTensors(types) }
        #expect(text.hasPrefix("loadTensors: \(types): ") && text.hasSuffix("and 3 more\n"))
    }
}
