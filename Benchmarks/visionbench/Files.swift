import VisionEngine

#if canImport(Glibc)
import Glibc
#endif

/// The processor time from a file to what a network is fed: a JPEG decoded, its short side brought to
/// 256, its middle 224 cut out and normalised; of a PNG the decoding alone. The peer is in
/// Benchmarks/images/compare.py.
func measureFiles(_ paths: [String], seconds: Double) throws {
    let pipeline = try Compose {
        try Resize(shortSide: 256)
        try CenterCrop(224)
        Normalize(.imageNet)
    }
    for path in paths {
        let bytes = try readFile(path)
        try report(
            path,
            timed(seconds: seconds) {
                if path.hasSuffix(".png") {
                    _ = try Image(data: bytes, name: path)
                } else {
                    _ = try pipeline.tensor(data: bytes, name: path)
                }
            })
    }
}

private func readFile(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else {
        throw BenchmarkFailure(description: "cannot read \"\(path)\"")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&part, 1, part.count, file)
        guard count > 0 else { return bytes }
        bytes += part[..<count]
    }
}

private struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String
}
