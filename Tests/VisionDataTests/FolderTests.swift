import Foundation
import Hosting
import Synchronization
import Testing
import VisionData

/// Keeps the messages and the states of long work.
final class Messages: OutputSink {
    private let events = Mutex<[OutputEvent]>([])

    func emit(_ event: OutputEvent) { events.withLock { $0.append(event) } }
    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }

    var text: String {
        events.withLock { events in
            events.map { if case .text(let text, _) = $0 { text } else { "" } }.joined()
        }
    }

    var lastProgress: Hosting.Progress? {
        events.withLock { events in
            events.reversed().lazy.compactMap {
                if case .progress(let state) = $0 { state } else { nil }
            }.first
        }
    }

    var displays: Int {
        events.withLock { $0.count { if case .display = $0 { true } else { false } } }
    }
}

/// A folder `cat` with 6 pictures and a folder `dog` with 4, each of one grey of its own.
func withPets(width: Int = 4, height: Int = 4, _ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
        for (name, count, base) in [("cat", 6, 0), ("dog", 4, 100)] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
            for index in 0..<count {
                let level = UInt8(base + 10 * index)
                try Image.filled(width: width, height: height, color: [level, level, level])
                    .save("\(folder)/\(name)/\(index + 8).png")
            }
        }
        try body(folder)
    }
}

@Suite("Folders of pictures")
struct FolderTests {
    private func levels(_ data: ImageDataset) -> [Int] { data.map { Int($0.image.bytes[0]) } }

    @Test("all pictures of a folder come in the order of their names, numbers counted")
    func images() throws {
        try withPets { folder in
            let images = try loadImages(folder)
            #expect(
                images.map { Int($0.bytes[0]) } == [0, 10, 20, 30, 40, 50, 100, 110, 120, 130])
            #expect(
                errorText { _ = try loadImages(folder + "/none") }
                    == "loadImages: there is no folder \"\(folder)/none\"")
            try withPixelLimit(100) {
                #expect(
                    errorText { _ = try loadImages(folder) }.hasPrefix(
                        "loadImages: too many pixels together, expected at most 100, got more in "
                            + "the first 7 pictures"))
            }
        }
    }

    /// The pets with a file in place of a picture that is none; `body` gets the start of its error.
    private func withDamagedPets(_ body: (_ folder: String, _ reason: String) throws -> Void) throws
    {
        try withPets { folder in
            try Data("no picture".utf8).write(to: URL(fileURLWithPath: folder + "/cat/9.png"))
            try body(folder, "Image: cannot read \"\(folder)/cat/9.png\": it is not an image")
        }
    }

    @Test("a damaged file is refused by name")
    func refused() throws {
        try withDamagedPets { folder, reason in
            #expect(errorText { _ = try loadImages(folder) }.hasPrefix(reason))
            let all = try ImageFolder(folder, test: 0).train
            #expect(all.count == 10)
            #expect(errorText { _ = try all.sample(1) }.hasPrefix(reason))
            let pass = try all.batches(4).makeIterator()
            #expect(pass.next() == nil)
            #expect("\(pass.failure as Any)".contains(reason))
        }
    }

    @Test("a damaged file is skipped and named")
    func skipped() throws {
        try withDamagedPets { folder, reason in
            let messages = Messages()
            let (images, kept) = try Host.$current.withValue(Host(output: messages)) {
                (
                    try loadImages(folder, damaged: .skip),
                    try ImageFolder(folder, test: 0, damaged: .skip)
                )
            }
            #expect(images.count == 9)
            #expect(messages.text.hasPrefix("loadImages: skipped 1 of 10 files:\n  \(reason)"))
            #expect(messages.lastProgress?.completed == 10)
            #expect(levels(kept.train) == [0, 20, 30, 40, 50, 100, 110, 120, 130])
            #expect(kept.train.labels == [0, 0, 0, 0, 0, 1, 1, 1, 1])
            #expect(kept.skipped.count == 1 && kept.skipped[0].hasPrefix(reason))
            #expect(kept.description.hasSuffix("2 classes, 1 damaged files skipped"))
        }
    }

    @Test("the folders are the classes; each gives its share for testing")
    func classes() throws {
        try withPets { folder in
            let data = try ImageFolder(folder, test: 0.5, seed: 3)
            #expect(data.classes == ["cat", "dog"])
            #expect(data.train.classCounts == [3, 2] && data.test.classCounts == [3, 2])
            #expect(
                (levels(data.train) + levels(data.test)).sorted()
                    == [0, 10, 20, 30, 40, 50, 100, 110, 120, 130])
            #expect(data.description == "ImageFolder: 5 training and 5 test pictures, 2 classes")
            let mean = Double(levels(data.train).reduce(0, +)) / 5 / 255
            #expect(try abs(data.train.channelMeans[0] - mean) < 1e-12)
            #expect(try data.test.channelMeans == data.train.channelMeans)
            #expect(
                errorText { _ = try ImageFolder(folder + "/cat") }
                    == "ImageFolder: \"\(folder)/cat\" holds no folders of pictures, expected one "
                    + "folder for each class")
            #expect(errorText { _ = try ImageFolder(folder, test: 2) }.contains("'test' is out of"))
            #expect(errorText { _ = try ImageFolder(folder, size: 0) }.contains("'size' is out of"))
        }
    }

    @Test("folders named train and test are the parts")
    func parts() throws {
        try withPets { pets in
            try withTemporaryFolder { folder in
                for part in ["train", "val"] {
                    try FileManager.default.copyItem(atPath: pets, toPath: "\(folder)/\(part)")
                }
                try FileManager.default.removeItem(atPath: folder + "/val/cat")
                let data = try ImageFolder(folder)
                #expect(data.train.count == 10 && data.test.labels == [1, 1, 1, 1])
            }
        }
    }

    @Test("sizes: the middle of each picture, or an error that says how")
    func sizes() throws {
        try withPets { folder in
            try testCard(width: 8, height: 6, channels: 4).save(folder + "/dog/8.png")
            let plain = try ImageFolder(folder, test: 0).train
            #expect(
                errorText { _ = try plain.sample(6) } == """
                    ImageDataset: "\(folder)/dog/8.png" differs from the first in size, expected \
                    4x4 RGB, got Image 8x6 RGB; give the size that all are brought to: size: 224
                    """)
            let sized = try ImageFolder(folder, size: [3, 5], test: 0).train
            #expect(sized.imageShape == [3, 3, 5])
            #expect(sized.allSatisfy { $0.image.width == 5 && $0.image.height == 3 })
            let gray = try ImageFolder(folder, size: 2, channels: 1, test: 0).train
            #expect(gray.imageShape == [1, 2, 2] && gray[3].image.bytes == [30, 30, 30, 30])
        }
    }

    @Test("a file that vanishes is one clear message, and the pass ends")
    func vanished() throws {
        try withPets { folder in
            let data = try ImageFolder(folder, test: 0).train
            try FileManager.default.removeItem(atPath: folder + "/cat/12.png")
            let pass = try data.batches(2).makeIterator()
            #expect(try pass.nextBatch()?.count == 2)
            #expect(try pass.nextBatch()?.count == 2)
            #expect(
                errorText { _ = try pass.nextBatch() }
                    == "ImageDataset: the file \"\(folder)/cat/12.png\" is gone; it was there when "
                    + "the data set was made")
            #expect(pass.next() == nil && pass.failure is DatasetError)
        }
    }

    @Test("batches come in the same order whatever the threads do, and tell how long was waited")
    func order() throws {
        try withPets { folder in
            let data = try ImageFolder(folder, test: 0).train
            func first(seed: UInt64) throws -> [Int] {
                try data.batches(3, shuffled: true, seed: seed).flatMap { batch in
                    try (0..<batch.count).map {
                        Int((try batch.images[$0, 0, 0, 0].item() * 255).rounded())
                    }
                }
            }
            let once = try first(seed: 5)
            #expect(once.sorted() == levels(data))
            for _ in 0..<10 { #expect(try first(seed: 5) == once) }
            #expect(try first(seed: 6) != once)
            let pass = try data.batches(10).makeIterator()
            #expect(pass.secondsWaited == 0)
            _ = try pass.nextBatch()
            #expect(pass.secondsWaited > 0)
        }
    }

    @Test("a table names pictures and labels")
    func tables() throws {
        try withPets { folder in
            func table(_ text: String) throws -> String {
                let path = folder + "/table.csv"
                try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                return path
            }
            let named = try ImageFolder(
                table: table("id,label,path\r\n1,\"a, b\",cat/8.png\r\n2,c,dog/9.png\r\n"), test: 0)
            #expect(named.classes == ["a, b", "c"] && levels(named.train) == [0, 110])
            let bare = try ImageFolder(table: table("cat/10.png;10\ncat/9.png;2\n"), test: 0)
            #expect(bare.classes == ["2", "10"] && bare.train.labels == [1, 0])
            let chosen = try ImageFolder(
                table: table("a,b,c\nx,cat/8.png,y\n"), images: "b", labels: "c", test: 0)
            #expect(chosen.classes == ["y"])
            for (text, error) in [
                ("", "is empty"), ("path,label\n", "names no pictures"),
                ("path,label\ncat/1.png,x\n", "row 2: there is no file"),
                ("path,label\ncat/8.png\n", "row 2: expected 2 columns or more, got 1"),
                ("path,label\n\"cat/8.png,x\n", "a quotation mark of row 2 has no end"),
            ] {
                let path = try table(text)
                #expect(errorText { _ = try ImageFolder(table: path) }.contains(error))
            }
            let path = try table("path,label\ncat/8.png,x\n")
            #expect(
                errorText { _ = try ImageFolder(table: path, labels: "kind") }
                    .hasSuffix("has no column 'kind', expected one of path, label"))
        }
    }

    @Test("a random batch is shown with its classes")
    func batch() throws {
        try withPets { folder in
            let data = try ImageFolder(folder, test: 0).train
            let messages = Messages()
            try Host.$current.withValue(Host(output: messages)) { try data.showBatch(4) }
            #expect(messages.displays == 1)
            #expect(errorText { try data.showBatch(0) }.contains("expected 1 to 100 pictures"))
            #expect(data.classBalance().title == "Pictures of each class")
        }
    }
}
