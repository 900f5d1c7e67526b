import Foundation
import Tensors
import Testing

/// The files of `Fixtures/Weights/make_weights.py`.
@Suite struct WeightFileTests {
    private func path(_ name: String) -> String { Fixture.path("Weights/\(name)") }

    private func check(
        _ tensor: Tensor?, _ dtype: DType, _ shape: [Int], _ expected: [Double],
        _ name: String, location: SourceLocation = #_sourceLocation
    ) throws {
        let tensor = try #require(tensor, "\(name)", sourceLocation: location)
        #expect(tensor.dtype == dtype, "\(name)", sourceLocation: location)
        #expect(tensor.shape == shape, "\(name)", sourceLocation: location)
        let values = try tensor.scalars(as: Double.self)
        #expect(values == expected, "\(name)", sourceLocation: location)
    }

    @Test(arguments: ["types.pth", "types_legacy.pth"])
    func everyTypeAndArrangementOfPyTorchIsRead(_ file: String) throws {
        let tensors = try loadTensors(path(file))
        let a = (0..<6).map(Double.init)
        func base(_ rows: [Int], _ columns: [Int]) -> [Double] {
            rows.flatMap { row in columns.map { Double(6 * row + $0) } }
        }
        let all: [(String, DType, [Int], [Double])] = [
            ("a", .float32, [2, 3], a),
            (
                "transposed", .float32, [6, 4],
                (0..<6).flatMap { x in (0..<4).map { Double(6 * $0 + x) } }
            ),
            ("part", .float32, [2, 3], base([1, 2], [2, 3, 4])),
            ("every_second", .float32, [4, 3], base([0, 1, 2, 3], [0, 2, 4])),
            ("parameter", .float32, [2, 3], a.map { $0 + 0.5 }),
            ("half", .float32, [2, 3], a.map { $0 / 4 }),
            ("bfloat16", .bfloat16, [2, 3], a),
            ("double", .float32, [2, 3], a.map { Double(Float($0 / 3)) }),
            ("int64", .int64, [3], [0, 1, 2]), ("int32", .int32, [3], [0, 1, 2]),
            ("int16", .int32, [2], [-7, 9]), ("int8", .int32, [2], [-7, 9]),
            ("uint8", .uint8, [2], [7, 255]), ("bool", .bool, [2], [1, 0]),
            ("scalar", .int64, [], [41]), ("empty", .float32, [0, 3], []),
            ("expanded", .float32, [3, 2], [1, 2, 1, 2, 1, 2]),
        ]
        #expect(Set(tensors.keys) == Set(all.map(\.0)))
        for (name, dtype, shape, values) in all {
            try check(tensors[name], dtype, shape, values, "\(file): \(name)")
        }
    }

    @Test func theStateDictionaryAmongOtherThingsIsTaken() throws {
        let tensors = try loadTensors(path("checkpoint.pth"))
        #expect(Array(tensors.keys) == ["module.w"])
        let list = try loadTensors(path("list.pt"))
        #expect(Set(list.keys) == ["0", "1.b"])
        try check(list["1.b"], .float32, [2, 3], [1, 2, 3, 4, 5, 6], "list")
    }

    @Test(arguments: ["hostile.pth", "hostile_legacy.pth"])
    func aPickleThatAsksForCodeIsRefusedByItsName(_ file: String) {
        let text = thrownText { _ = try loadTensors(path(file)) }
        #expect(text.contains("asks for 'posix.system', which is refused"), "\(text)")
        #expect(!FileManager.default.fileExists(atPath: "/tmp/the-pickle-ran"))
    }

    @Test func otherFilesSayWhatTheyAre() {
        for (file, part) in [
            ("module.pth", "asks for 'torch.nn.modules.linear.Linear', which is refused"),
            ("plain.pkl", "a pickle that is no checkpoint of torch.save"),
            ("make_weights.py", "not a safetensors file"), ("../float32.npy", "Tensor.load(path)"),
        ] {
            let text = thrownText { _ = try loadTensors(path(file)) }
            #expect(text.contains(part), "\(file): \(text)")
        }
    }

    @Test func arraysOfNumPyAreRead() throws {
        let arrays = try loadTensors(path("arrays.npz"))
        #expect(Set(arrays.keys) == ["a", "b", "c"])
        try check(arrays["a"], .float32, [2, 3], [0, 1, 2, 3, 4, 5], "a")
        try check(arrays["b"], .float32, [4, 6], (0..<24).map(Double.init), "b")
        try check(arrays["c"], .int64, [3], [0, 1, 2], "c")
        let packed = try loadTensors(path("packed.npz"))
        try check(packed["a"], .float32, [2, 3], [0, 1, 2, 3, 4, 5], "packed a")
        #expect(packed["zeros"]?.shape == [300, 300])
        #expect(try packed["zeros"]?.sum().item() == 0)
    }

    @Test func initialisersOfONNXModelsAreRead() throws {
        let tensors = try loadTensors(path("model.onnx"))
        let a = (0..<6).map(Double.init)
        let all: [(String, DType, [Int], [Double])] = [
            ("raw", .float32, [2, 3], a), ("floats", .float32, [2, 3], a),
            ("int64", .int64, [3], [3, -4, 1_099_511_627_776]), ("int32", .int32, [2], [-1, 5]),
            ("uint8", .uint8, [2], [0, 255]), ("bool", .bool, [2], [1, 0]),
            ("half", .float32, [2], [0.5, -2]), ("double", .float32, [2], [0.25, 1e9]),
            ("bfloat16", .bfloat16, [2], [1.5, -3]), ("scalar", .float32, [], [2.5]),
        ]
        #expect(Set(tensors.keys) == Set(all.map(\.0)))
        for (name, dtype, shape, values) in all {
            try check(tensors[name], dtype, shape, values, name)
        }
        let external = try loadTensors(path("external.onnx"))
        try check(external["w"], .float32, [4, 6], (0..<24).map(Double.init), "external")
        try check(external["v"], .float32, [2, 3], a, "external")
    }

    /// Every file cut short anywhere and with any one byte changed is read or refused.
    @Test(arguments: [
        "types.pth", "types_legacy.pth", "checkpoint.pth", "arrays.npz", "packed.npz", "model.onnx",
    ])
    func damagedFilesAreErrors(_ file: String) throws {
        let bytes = try Fixture.bytes("Weights/\(file)")
        try Fixture.withTemporaryPath("damaged") { path in
            var refused = 0
            func attempt(_ bytes: [UInt8]) throws {
                try Data(bytes).write(to: URL(filePath: path))
                do {
                    _ = try loadTensors(path)
                } catch {
                    #expect(error is TensorError, "\(error)")
                    refused += 1
                }
            }
            for length in stride(from: 0, to: bytes.count, by: 7) {
                try attempt(Array(bytes[..<length]))
            }
            // A zip file ends in its directory; of the others nothing may be missing either.
            #expect(refused == (bytes.count + 6) / 7, "\(file) cut short")
            for place in stride(from: 0, to: bytes.count, by: 3) {
                var changed = bytes
                changed[place] ^= 0x55
                try attempt(changed)
            }
        }
    }
}
