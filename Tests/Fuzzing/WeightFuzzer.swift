// libFuzzer's entry for files of weights: bytes go through the reader that the environment variable
// FUZZ_TARGET names. `make fuzz-weights` builds it together with Tensors, as one module, and runs it
// for each reader.

import Glibc
import Hosting

/// How many bytes of a file of so many its tensors may take: stored ones may share elements four
/// times, and small integers become four times as wide.
private let mostGrowth = 16

/// What a target does with the bytes.
private let targets: [String: @Sendable (MemoryBytes) throws -> Void] = [
    "safetensors": { source in
        let file = try Safetensors(source)
        try check(file.tensors, source)
    },
    "pth": { source in try check(TorchFile(ZipArchive(source)).read().tensors, source) },
    "stream": { source in
        let mark: [UInt8] = [
            0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
        ]
        let content = mark + source.content.dropFirst(mark.count)
        let stamped = MemoryBytes(content, path: "file", operation: "loadTensors")
        try check(TorchFile(stream: stamped).read().tensors, stamped)
    },
    "pickle": { source in
        let unpickler = Unpickler(source, 0..<source.byteCount)
        while unpickler.position < source.byteCount { _ = try unpickler.next() }
    },
    // Deflate itself makes up to 1,032 bytes of one.
    "npz": { source in
        let tensors = try NamedTensors(source).tensors
        guard byteCount(tensors) <= 1032 * mostGrowth * source.byteCount else {
            fatalError("more than can be in the file")
        }
    },
    "onnx": { source in try check(ONNXFile(source).read().tensors, source) },
]

private let target: @Sendable (MemoryBytes) throws -> Void = {
    guard let name = getenv("FUZZ_TARGET"), let target = targets[String(cString: name)] else {
        fatalError("FUZZ_TARGET: expected one of \(targets.keys.sorted())")
    }
    return target
}()

private func byteCount(_ tensors: [String: Tensor]) -> Int {
    tensors.reduce(0) { $0 + $1.value.spec.byteCount }
}

/// Reads every element; tensors that take much more than the file are a finding.
private func check(_ tensors: [String: Tensor], _ source: MemoryBytes) throws {
    guard byteCount(tensors) <= mostGrowth * source.byteCount else {
        fatalError("\(byteCount(tensors)) bytes of a file of \(source.byteCount)")
    }
    for tensor in tensors.values { _ = try tensor.scalars(as: Double.self) }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: size))
    do {
        try target(MemoryBytes(bytes, path: "file", operation: "loadTensors"))
    } catch let error as TensorError {
        _ = "\(error)"
    } catch {
        fatalError("an error of another kind: \(error)")
    }
    return 0
}
