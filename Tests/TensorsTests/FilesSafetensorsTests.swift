import Foundation
import Tensors
import Testing

@Suite struct FilesSafetensorsTests {
    /// What `make_files.py` writes with the reference implementation.
    private func ours() throws -> [String: Tensor] {
        let grid = try Tensor([[0, 0.5, 1], [1.5, 2, 2.5]])
        return [
            "weight": grid, "bias": try Tensor([1, -1]),
            "labels": try Tensor([3, 1, 2], dtype: .int64), "ids": try Tensor([7], dtype: .int32),
            "pixels": try Tensor([0, 128, 255], dtype: .uint8),
            "mask": try Tensor([true, false]), "naïve \"name\"": try Tensor.full([], 1.5),
        ]
    }

    @Test func writesTheReferenceImplementationsBytes() throws {
        try Fixture.withTemporaryPath("x.safetensors") { path in
            try saveTensors(try ours(), path, metadata: ["format": "pt"])
            let written = [UInt8](try Data(contentsOf: URL(filePath: path)))
            #expect(try written == Fixture.bytes("ours.safetensors"))
        }
    }

    @Test func readsTheReferenceImplementationsFile() throws {
        let file = try Safetensors(contentsOf: Fixture.path("ours.safetensors"))
        #expect(file.metadata == ["format": "pt"])
        #expect(file.notes.isEmpty)
        #expect(Set(file.tensors.keys) == Set(try ours().keys))
        for (name, expected) in try ours() {
            let tensor = try #require(file.tensors[name])
            #expect(tensor.spec == expected.spec, "\(name)")
            #expect(
                try tensor.scalars(as: Double.self) == expected.scalars(as: Double.self), "\(name)")
        }
    }

    @Test func everyStoredTypeIsReadAndConversionsAreNoted() throws {
        let file = try Safetensors(contentsOf: Fixture.path("types.safetensors"))
        let types: [String: DType] = [
            "BOOL": .bool, "U8": .uint8, "I8": .int32, "U16": .int32, "I16": .int32,
            "U32": .int64, "I32": .int32, "I64": .int64, "F16": .float32, "BF16": .bfloat16,
            "F32": .float32, "F64": .float32,
        ]
        #expect(file.tensors.mapValues(\.dtype) == types)
        for (name, tensor) in file.tensors {
            #expect(
                try tensor.scalars(as: Int.self) == [0, 1, name == "BOOL" ? 1 : 2], "\(name)")
        }
        #expect(file.notes.count == 6)
        #expect(file.notes.contains("F16: float16 became float32"))
    }

    @Test func aNetworksTensorsSurviveTheRoundTrip() throws {
        let x = try Tensor.randn([3, 5, 7])
        try Fixture.withTemporaryPath("x.safetensors") { path in
            try saveTensors(["x": x.transposed(2, 0, 1), "nothing": Tensor.zeros([0, 4])], path)
            try saveTensors(["x": x.transposed(2, 0, 1), "nothing": Tensor.zeros([0, 4])], path)
            let read = try loadTensors(path)
            #expect(read["x"]?.shape == [7, 3, 5])
            #expect(read["nothing"]?.shape == [0, 4])
            #expect(
                try read["x"]?.scalars(as: Float.self)
                    == x.transposed(2, 0, 1).scalars(as: Float.self))
        }
    }

    @Test(arguments: [
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            8,
            "tensor 'b' overlaps another one or leaves a gap, expected data from byte 123, got 119"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0,
            "tensor 'a' has a shape that does not fit its data, expected 0 bytes of F32, got shape [4611686018427387904, 4]"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4,
            "tensor 'a' has a shape that does not fit its data, expected 4 bytes of F32, got shape [-1]"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, 8,
            "tensor 'a' does not lie in the file, expected data_offsets within 0...8, got [0, 16]"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}"#, 8,
            "tensor 'a' does not lie in the file, expected data_offsets within 0...8, got [8, 4]"
        ),
        (
            #"{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}"#, 8,
            "tensor 'a' has an unknown type, expected BOOL U8 I8 U16 I16 U32 I32 I64 F16 BF16 F32 F64, got 'F8_E4M3'"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            8, "a name appears twice in the header, expected each name once"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 8,
            "the tensors and the file differ in size, expected 66 bytes, got 70"
        ),
        (#"["a"]"#, 0, "not a safetensors file: the header is no JSON object"),
    ])
    func aHostileHeaderIsRefused(header: String, dataCount: Int, problem: String) throws {
        try Fixture.withTemporaryPath("x.safetensors") { path in
            var bytes = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
            bytes += Array(header.utf8) + [UInt8](repeating: 0, count: dataCount)
            try Fixture.write(bytes, to: path)
            #expect(thrownText { try loadTensors(path) } == "loadTensors: \(path): \(problem)")
        }
    }

    @Test(arguments: [UInt64.max, 1 << 63, 1 << 40, 100_000_001, 9])
    func aHeaderLongerThanTheFileIsRefused(length: UInt64) throws {
        try Fixture.withTemporaryPath("x.safetensors") { path in
            let bytes = withUnsafeBytes(of: length.littleEndian) { Array($0) }
            try Fixture.write(bytes + Array("{}      ".utf8), to: path)
            #expect(
                thrownText { try loadTensors(path) }
                    == "loadTensors: \(path): not a safetensors file, or one cut short, expected "
                    + "a header of at most 8 bytes, got \(length)")
        }
    }

    @Test func aDeeplyNestedHeaderIsAnError() throws {
        try Fixture.withTemporaryPath("x.safetensors") { path in
            let header = "{\"a\":" + String(repeating: "[", count: 200_000)
            let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
            try Fixture.write(length + Array(header.utf8), to: path)
            #expect(throws: TensorError.self) { try loadTensors(path) }
        }
    }

    @Test func aFailedSaveLeavesTheOldFile() throws {
        try Fixture.withTemporaryPath("x.safetensors") { path in
            try saveTensors(["a": Tensor([1])], path)
            let symbolic = Tensor.symbolic(TensorSpec([2]))
            #expect(
                thrownText { try saveTensors(["b": symbolic], path) }
                    == "saveTensors: tensor 'b' has a shape and no elements, expected tensors with "
                    + "elements, got float32[2]")
            #expect(try Set(loadTensors(path).keys) == ["a"])
        }
    }
}
