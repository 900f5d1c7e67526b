import Foundation
import Testing
import VisionData

@Suite("Fashion-MNIST")
struct FashionMNISTTests {
    /// A gzip file with the given content, stored without compression.
    private func gzip(_ content: [UInt8]) -> [UInt8] {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in content {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        func little(_ value: UInt32) -> [UInt8] {
            (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let length = UInt16(content.count)
        let sizes = [
            UInt8(length & 255), UInt8(length >> 8), UInt8(~length & 255), UInt8(~length >> 8),
        ]
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1] + sizes + content + little(~crc)
            + little(UInt32(content.count))
    }

    private let files = [
        "train-images-idx3-ubyte.gz": [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2]
            + (0..<12).map { UInt8($0 * 20) },
        "train-labels-idx1-ubyte.gz": [0, 0, 8, 1, 0, 0, 0, 3, 9, 0, 5],
        "t10k-images-idx3-ubyte.gz": [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4],
        "t10k-labels-idx1-ubyte.gz": [0, 0, 8, 1, 0, 0, 0, 1, 7] as [UInt8],
    ]

    private func withFiles(
        replacing name: String = "", by content: [UInt8]? = nil, _ body: (String) throws -> Void
    ) throws {
        try withTemporaryFolder { folder in
            for (file, bytes) in files {
                guard let data = file == name ? content : gzip(bytes) else { continue }
                try Data(data).write(to: URL(fileURLWithPath: "\(folder)/\(file)"))
            }
            try body(folder)
        }
    }

    @Test("the four files give pictures and labels")
    func small() throws {
        try withFiles { folder in
            let data = try FashionMNIST(path: folder)
            #expect(data.train.count == 3 && data.test.count == 1)
            #expect(data.train.imageShape == [1, 2, 2])
            #expect(data.train[1].image.bytes == [80, 100, 120, 140])
            #expect(data.train.labels == [9, 0, 5])
            #expect(data.classes[data.test[0].label] == "Sneaker")
            #expect(try data.test.channelMeans == data.train.channelMeans)
            #expect(try abs(data.train.channelMeans[0] - 110.0 / 255) < 1e-12)
        }
    }

    @Test("a missing file names the package that brings it")
    func missing() throws {
        #expect(
            errorText { _ = try FashionMNIST(path: "/no/such/folder") } == """
                FashionMNIST: cannot read "/no/such/folder/train-images-idx3-ubyte.gz": there is no \
                such file; apt-get install dataset-fashion-mnist puts the data into \
                /usr/share/datasets/fashion-mnist, or name its folder: FashionMNIST(path: "...")
                """)
    }

    @Test("a damaged file is named")
    func damaged() throws {
        let name = "train-labels-idx1-ubyte.gz"
        func error(_ content: [UInt8]) throws -> String {
            var text = ""
            try withFiles(replacing: name, by: content) { folder in
                text = errorText { _ = try FashionMNIST(path: folder) }
            }
            return text
        }
        let good = gzip(files[name] ?? [])
        let cut = Array(good.prefix(good.count - 9)) + good.suffix(4)
        var flipped = good
        flipped[good.count - 10] ^= 1
        for content in [cut, flipped, Array("hello".utf8), [], gzip([0, 0, 8, 3, 0, 0, 0, 1])] {
            let text = try error(content)
            #expect(text.contains(name) && text.contains("damaged") || content.isEmpty, "\(text)")
        }
        #expect(
            try error(gzip([0, 0, 8, 1, 0, 0, 0, 3, 9, 0])).contains("expected 3 bytes, got 2"))
        #expect(
            try error(gzip([0, 0, 8, 1, 0, 0, 0, 2, 9, 0]))
                .contains("expected one label a picture, got 2 for 3 pictures"))
        #expect(
            try error(gzip([0, 0, 8, 1, 0, 0, 0, 3, 9, 0, 10]))
                .contains("label 2 is 10, expected 0 to 9"))
    }

    @Test(
        "Debian's package has 60,000 and 10,000 pictures with the known statistics",
        .enabled(if: FileManager.default.fileExists(atPath: FashionMNIST.systemFolder)))
    func real() throws {
        let data = try FashionMNIST(path: FashionMNIST.systemFolder)
        #expect(data.train.count == 60_000 && data.test.count == 10_000)
        #expect(data.train[0].label == 9 && data.classes[9] == "Ankle boot")
        #expect(data.train.prefix(5).labels == [9, 0, 0, 3, 0])
        // numpy: images.mean() / 255, images.std() / 255
        #expect(try abs(data.train.channelMeans[0] - 0.2860405969887955) < 1e-12)
        #expect(try abs(data.train.channelDeviations[0] - 0.35302424451492237) < 1e-12)
        #expect(try data.test.channelMeans == data.train.channelMeans)
        var counts = [Int](repeating: 0, count: 10)
        for label in data.train.labels { counts[label] += 1 }
        #expect(counts == [Int](repeating: 6000, count: 10))
        #expect(data.train[0].image.bytes.reduce(0) { $0 + Int($1) } == 76_247)
    }
}
