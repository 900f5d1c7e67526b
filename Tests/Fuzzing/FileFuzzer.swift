// libFuzzer's entry for files of pictures and data sets: bytes go through the reader that the
// environment variable FUZZ_TARGET names. `make fuzz-files` builds it together with VisionData, as
// one module, and runs it for each reader.

import Glibc
import Hosting
import Tensors

/// What a target does with the bytes.
private let targets: [String: @Sendable ([UInt8]) throws -> Void] = [
    "png": { bytes in
        try decode(repairedPNG(stamped(bytes, [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10])))
    },
    "jpeg": { bytes in try decode(stamped(bytes, [0xFF, 0xD8, 0xFF])) },
    "webp": { bytes in
        try decode(stamped(stamped(bytes, Array("RIFF".utf8)), Array("WEBP".utf8), at: 8))
    },
    "gif": { bytes in try decode(stamped(bytes, Array("GIF89a".utf8))) },
    "tiff": { bytes in
        try decode(stamped(bytes, bytes.first == 0x4D ? [0x4D, 0x4D, 0] : [0x49, 0x49]))
    },
    "bmp": { bytes in
        try decode(stamped(stamped(bytes, Array("BM".utf8)), [0, 0, 0], at: 15))
    },
    "ppm": { bytes in try decode(stamped(bytes, [UInt8(ascii: "P")])) },
    "idx": { bytes in
        for rank in [1, 3] {
            _ = try IDXFile(
                DataFile.content(bytes, headerSize: 4 + 4 * rank, "file"), rank: rank, "file")
        }
    },
    "csv": { bytes in _ = try CSVFile.rows(bytes) },
    "numbers": { bytes in
        _ = try NumberTable(bytes: bytes, samples: 4, greatest: 16, labels: 10)
    },
    "cifar": { bytes in
        let file = try CIFARFile(bytes: bytes, labelCount: 2, label: 1, classes: 100)
        _ = try file.dataset((0..<100).map(String.init)).prefix(2).map(\.label)
    },
    "gzip": { bytes in
        _ = try DataFile.content(stamped(bytes, [0x1F, 0x8B, 8]), headerSize: 8, "file")
    },
]

private let target: @Sendable ([UInt8]) throws -> Void = {
    guard let name = getenv("FUZZ_TARGET"), let target = targets[String(cString: name)] else {
        fatalError("FUZZ_TARGET: expected one of \(targets.keys.sorted())")
    }
    return target
}()

/// Every frame, a part of the first and what the headers say; a picture that is one has as many
/// samples as it says.
private func decode(_ bytes: [UInt8]) throws {
    _ = try? ImageInfo.of(bytes)
    if let unread = try? UnreadImage(data: bytes, name: "part") {
        let area = PixelArea(
            columns: unread.width / 3..<max(unread.width / 3 + 1, unread.width * 2 / 3),
            rows: unread.height / 3..<max(unread.height / 3 + 1, unread.height * 2 / 3))
        if let part = try? unread.part(area) {
            check(part)
            guard part.width == area.columns.count, part.height == area.rows.count else {
                fatalError("\(part) for \(area)")
            }
        }
    }
    for image in try Image.frames(data: bytes) { check(image) }
}

private func check(_ image: Image) {
    let count = image.width * image.height * image.channels
    guard count > 0, image.bytes.count == count, image.deep == nil || image.deep?.count == count
    else { fatalError("\(image)") }
}

/// The bytes with a format's own at a place, so that none is spent on finding those.
private func stamped(_ bytes: [UInt8], _ mark: [UInt8], at offset: Int = 0) -> [UInt8] {
    guard bytes.count >= offset + mark.count else { return bytes }
    var stamped = bytes
    stamped.replaceSubrange(offset..<offset + mark.count, with: mark)
    return stamped
}

/// The chunks of a PNG with their checksums as they should be.
private func repairedPNG(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var offset = 8
    while offset + 12 <= bytes.count {
        let length = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        let end = offset + 8 + length
        guard end + 4 <= bytes.count else { break }
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes[offset + 4..<end] {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        for index in 0..<4 {
            bytes[end + index] = UInt8(truncatingIfNeeded: ~crc >> (24 - 8 * UInt32(index)))
        }
        offset = end + 4
    }
    return bytes
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: size))
    do {
        // Small enough that a run of the fuzzer is not one picture, and that memory shows a leak.
        try withPixelLimit(1 << 20) { try target(bytes) }
    } catch let error where error is ImageError || error is DatasetError {
        _ = "\(error)"
    } catch {
        fatalError("an error of another kind: \(error)")
    }
    return 0
}
