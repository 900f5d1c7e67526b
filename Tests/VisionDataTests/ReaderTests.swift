import Foundation
import Testing
import VisionData

@Suite("Files of data sets")
struct ReaderTests {
    private func write(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    // MARK: - MNIST

    @Test("MNIST reads IDX files that are not gzipped, under either name")
    func idx() throws {
        try withTemporaryFolder { folder in
            let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4]
            try write(images, folder + "/train-images-idx3-ubyte")
            try write([0, 0, 8, 1, 0, 0, 0, 2, 7, 8], folder + "/train-labels.idx1-ubyte")
            #expect(
                errorText { _ = try MNIST(path: folder) }.hasPrefix(
                    "MNIST: there is no t10k-images-idx3-ubyte.gz in \"\(folder)\"; `make data`"))
            try write(images, folder + "/t10k-images.idx3-ubyte")
            try write([0, 0, 8, 1, 0, 0, 0, 2, 0, 9], folder + "/t10k-labels-idx1-ubyte")
            let data = try MNIST(path: folder)
            #expect(data.train.imageShape == [1, 1, 2] && data.train.labels == [7, 8])
            #expect(data.test[1].image.bytes == [3, 4] && data.classes[9] == "9")
            #expect(try data.test.channelMeans == data.train.channelMeans)
        }
    }

    /// Ten lines a class of 784 samples, label last or first; the sample at 400 tells the line.
    private func table(labelFirst: Bool, header: String = "") -> String {
        header
            + (0..<100).map { line in
                var samples = [String](repeating: "0", count: 784)
                samples[400] = "\(line)"
                return (labelFirst ? ["\(line / 10)"] + samples : samples + ["\(line / 10)"])
                    .joined(separator: ",") + "\n"
            }.joined()
    }

    @Test("MNIST reads tables with the label last or first, and keeps a fifth of each class")
    func tables() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/mnist.csv"
            let header = "label," + (0..<784).map { "pixel\($0)" }.joined(separator: ",") + "\n"
            for text in [
                table(labelFirst: false), table(labelFirst: true),
                table(labelFirst: true, header: header),
            ] {
                try write(Array(text.utf8), path)
                for place in [path, folder] {
                    let data = try MNIST(path: place)
                    #expect(data.train.classCounts == [Int](repeating: 8, count: 10))
                    #expect(data.test.classCounts == [Int](repeating: 2, count: 10))
                    for sample in Array(data.train) + Array(data.test) {
                        #expect(Int(sample.image.bytes[400]) / 10 == sample.label)
                    }
                }
            }
        }
    }

    @Test("a table that breaks its form is named with the line")
    func brokenTables() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/digits.csv"
            let good = [String](repeating: "16", count: 64).joined(separator: ",") + ",9"
            for (text, reason) in [
                ("", "it holds no numbers"), (good + ",1\n", "line 1: expected 65 numbers, got"),
                (good + "\n1,2\n", "line 2: expected 65 numbers, got"),
                (good.replacingOccurrences(of: ",9", with: ",10"), "the label of picture 0 is 10"),
                ("17," + good.dropFirst(3), "a sample of picture 0 is 17, expected 0 to 16"),
                ("300," + good.dropFirst(3), "line 1: expected a number up to 255"),
            ] {
                try write(Array(text.utf8), path)
                let error = errorText { _ = try Digits(path: path) }
                #expect(error.hasPrefix("Digits: cannot read \"\(path)\""), "\(error)")
                #expect(error.contains(reason), "\(error)")
            }
            try write(Array((good + "\r\n" + good).utf8), path)
            let data = try Digits(path: path)
            #expect(data.train.count == 2 && data.train[0].image.bytes.allSatisfy { $0 == 255 })
        }
    }

    // MARK: - CIFAR

    /// `count` pictures whose planes hold 10, 20 and 30 plus the picture's number.
    private func cifar(_ count: Int, labels: (Int) -> [UInt8]) -> [UInt8] {
        (0..<count).flatMap { index in
            labels(index)
                + [10, 20, 30].flatMap { [UInt8](repeating: $0 + UInt8(index), count: 1024) }
        }
    }

    @Test("CIFAR-10 joins its five files and turns planes into pixels")
    func cifar10() throws {
        try withTemporaryFolder { parent in
            let folder = parent + "/cifar-10-batches-bin"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            for number in 1...5 {
                try write(
                    cifar(2) { [UInt8(number + $0)] }, "\(folder)/data_batch_\(number).bin")
            }
            #expect(
                errorText { _ = try CIFAR10(path: parent) }.hasSuffix(
                    "unpack cifar-10-binary.tar.gz and name its folder: CIFAR10(path: \"...\")"))
            try write(cifar(1) { _ in [9] }, folder + "/test_batch.bin")
            for path in [parent, folder] {
                let data = try CIFAR10(path: path)
                #expect(data.train.labels == [1, 2, 2, 3, 3, 4, 4, 5, 5, 6])
                #expect(data.train.imageShape == [3, 32, 32])
                #expect(data.train[1].image.bytes.prefix(6) == [11, 21, 31, 11, 21, 31])
                #expect(data.classes[data.test[0].label] == "truck")
            }
            try write([UInt8](repeating: 0, count: 3074), folder + "/test_batch.bin")
            #expect(
                errorText { _ = try CIFAR10(path: folder) }.hasSuffix(
                    "the file is damaged: expected pictures of 3073 bytes each, got 3074 bytes"))
            try write(cifar(1) { _ in [10] }, folder + "/test_batch.bin")
            #expect(
                errorText { _ = try CIFAR10(path: folder) }.hasSuffix(
                    "the label of picture 0 is 10, expected 0 to 9"))
        }
    }

    @Test("CIFAR-100 has fine and coarse labels")
    func cifar100() throws {
        try withTemporaryFolder { folder in
            try write(cifar(3) { [UInt8($0), UInt8(97 + $0)] }, folder + "/train.bin")
            try write(cifar(1) { _ in [19, 5] }, folder + "/test.bin")
            let fine = try CIFAR100(path: folder)
            #expect(fine.train.labels == [97, 98, 99] && fine.test.labels == [5])
            #expect(fine.classes[99] == "99")
            let names = (0..<20).map { "kind \($0)" }
            try write(
                Array((names.joined(separator: "\n") + "\n").utf8),
                folder + "/coarse_label_names.txt")
            let coarse = try CIFAR100(path: folder, coarse: true)
            #expect(coarse.train.labels == [0, 1, 2] && coarse.classes == names)
        }
    }

    // MARK: - Sizes

    @Test("a gzip file that promises more than it can hold is refused before memory is taken")
    func promises() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/digits.csv.gz"
            let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, 0, 0, 0, 0]
            try write(head + [0xFF, 0xFF, 0xFF, 0x7F], path)
            #expect(
                errorText { _ = try Digits(path: path) }.contains(
                    "it holds 2147483647 bytes, expected 0 to 20640"))
        }
    }

    // MARK: - What `make data` fetches

    static let data =
        (ProcessInfo.processInfo.environment["XDG_CACHE_HOME"] ?? NSHomeDirectory() + "/.cache")
        + "/swift-vision/data/"

    @Test(
        "5,000 digits of MNIST",
        .enabled(if: FileManager.default.fileExists(atPath: data + "mnist/mnist_5k.csv.gz")))
    func realMNIST() throws {
        let data = try MNIST()
        #expect(data.train.classCounts == [Int](repeating: 400, count: 10))
        #expect(data.test.classCounts == [Int](repeating: 100, count: 10))
        // numpy: the mean of all 5,000 is 33.5 / 255
        #expect(try abs(data.train.channelMeans[0] - 0.131) < 0.005)
    }

    @Test(
        "1,797 digits of 8x8",
        .enabled(if: FileManager.default.fileExists(atPath: data + "digits/digits.csv.gz")))
    func realDigits() throws {
        let data = try Digits()
        #expect(data.train.count + data.test.count == 1797)
        #expect(data.train.imageShape == [1, 8, 8])
    }

    @Test(
        "Tux Paint's stamps, a class a folder",
        .enabled(if: FileManager.default.fileExists(atPath: data + "tuxpaint/stamps")))
    func realStamps() throws {
        let data = try TuxPaint(size: 32)
        #expect(data.train.count + data.test.count > 700)
        #expect(data.classes.contains("animals") && data.train.imageShape == [3, 32, 32])
        for batch in try data.train.batches(64) {
            #expect(batch.images.shape[1...] == [3, 32, 32])
        }
        #expect(data.all.count == data.train.count + data.test.count)
        let six = try TuxPaint(
            size: 32,
            classes: [
                "animals/birds", "animals/insects", "animals/mammals", "food/fruit",
                "food/vegetables", "plants/flowers",
            ])
        #expect(six.classes == ["birds", "insects", "mammals", "fruit", "vegetables", "flowers"])
        #expect(six.all.count == 125 && six.all.labels == six.all.labels.sorted())
        #expect(
            errorText { _ = try TuxPaint(size: 32, classes: ["animals/unicorns"]) }
                .hasPrefix("TuxPaint: there is no folder"))
        #expect(
            errorText { _ = try TuxPaint(size: 32, classes: ["food/fruit", "more/fruit"]) }
                .contains("'classes' are no names of their own"))
    }
}
