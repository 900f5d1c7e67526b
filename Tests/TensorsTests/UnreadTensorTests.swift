import Foundation
import Synchronization
import Tensors
import Testing

/// Everything that reads elements finds those that are still in a file.
@Suite struct UnreadTensorTests {
    private static let shape = [8, 64, 65]

    /// Runs `body` with what gives a tensor that nobody has read yet, and with its numbers.
    private func withUnread(_ body: (() throws -> Tensor, [Float]) throws -> Void) throws {
        try Fixture.withTemporaryPath("x.safetensors") { path in
            let values = (0..<Self.shape.reduce(1, *)).map { Float($0 % 1009) - 500 }
            try saveTensors(["x": Tensor(values, shape: Self.shape)], path)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)],
                ofItemAtPath: path)
            try body(
                {
                    let file = try NamedTensors(contentsOf: path, lazily: true)
                    let x = try #require(file.tensors["x"])
                    #expect(x.heldByteCount == 0 && !x.isSymbolic)
                    return x
                }, values)
        }
    }

    private static let readers: [(name: String, read: @Sendable (Tensor) throws -> [Double])] = [
        ("scalars", { try $0.scalars() }),
        ("bytes", { try $0.withUnsafeBytes { $0.map(Double.init) } }),
        ("one element", { try $0[7, 3, 2].scalars() }),
        ("a part", { try $0[2..<3].scalars() }),
        ("transposed", { try $0.transposed(2, 0, 1).scalars() }),
        ("reshaped", { try $0.reshaped([64, 8, 65]).scalars() }),
        ("cast", { try $0.cast(to: .int32).scalars() }),
        ("half", { try $0.cast(to: .bfloat16).scalars() }),
        ("sum", { [try $0.sum().item()] }),
        ("product", { try Tensor.multiplying($0, $0).scalars() }),
        ("relu", { try $0.relu().scalars() }),
        ("copy", { try $0.detached().scalars() }),
        ("matmul", { try $0.matmul($0.transposed(0, 2, 1)).scalars() }),
        ("digest", { [Double(try $0.fingerprint().digest)] }),
        ("ordered", { [Double(try $0.orderedFingerprint().digest)] }),
        ("description", { "\($0)".utf8.map(Double.init) }),
        ("range", { $0.rangeText.utf8.map(Double.init) }),
        ("norm", { [try globalNorm([$0])] }),
        (
            "concatenated",
            { try concatenated([$0, Tensor.ones(UnreadTensorTests.shape)], axis: 1).scalars() }
        ),
        (
            "saved",
            { x in
                var saved: [Double] = []
                try Fixture.withTemporaryPath("x.npy") { path in
                    try x.save(path)
                    saved = try Tensor.load(path).scalars()
                }
                return saved
            }
        ),
        (
            "gradient",
            { x in
                x.requiresGradient = true
                try Tensor.multiplying(x, x).sum().backward()
                return try #require(x.gradient).scalars()
            }
        ),
        (
            "written",
            { x in
                var copy = x
                try copy.assign(Tensor.full([64, 65], 3), at: [1])
                return try copy.scalars() + x.scalars()
            }
        ),
    ]

    @Test func everyReaderGivesTheNumbersInTheFile() throws {
        try withUnread { unread, values in
            let eager = try Tensor(values, shape: Self.shape)
            for (name, read) in Self.readers {
                #expect(try read(unread()) == read(eager.detached()), "\(name)")
            }
        }
    }

    @Test func aCopyIsReadByItselfAndKeepsItsNumbersWhenTheOtherIsWritten() throws {
        try withUnread { unread, values in
            var x = try unread()
            let copy = x.detached()
            try x.assign(Tensor.full([64, 65], 3), at: [1])
            #expect(try copy.scalars(as: Float.self) == values)
            #expect(try x[1].max().item() == 3)
        }
    }

    @Test func severalThreadsReadOneTensorOnce() throws {
        try withUnread { unread, values in
            for _ in 0..<20 {
                let x = try unread()
                let wrong = Mutex(0)
                DispatchQueue.concurrentPerform(iterations: 8) { _ in
                    let isSame = (try? x.scalars(as: Float.self)) == values
                    if !isSame { wrong.withLock { $0 += 1 } }
                }
                #expect(wrong.withLock { $0 } == 0)
            }
        }
    }

    @Test func tensorsOfAFileThatAPersonReadsAreReadAtOnce() throws {
        try withUnread { unread, values in
            try Fixture.withTemporaryPath("y.safetensors") { path in
                try saveTensors(["x": unread()], path)
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)],
                    ofItemAtPath: path)
                let x = try #require(loadTensors(path)["x"])
                #expect(x.heldByteCount > 0)
                #expect(try Safetensors(contentsOf: path).tensors["x"]?.heldByteCount ?? 0 > 0)
                let file = try #require(FileHandle(forWritingAtPath: path))
                try file.truncate(atOffset: 0)
                try file.close()
                #expect(try x.scalars(as: Float.self) == values)
            }
        }
    }
}
