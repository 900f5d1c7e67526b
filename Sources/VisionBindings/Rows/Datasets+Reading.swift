import Language
import VisionEngine

private let pets = "let data = try ImageFolder(\"pets\", size: 32)\n"

/// Where data sets come from.
@RowBuilder func readingRows() -> [Binding] {
    Binding.initializer(
        of: MNIST.self,
        arg("path", String?.self, default: nil, "its folder or table; `make data`'s unless given"),
        summary: "Handwritten digits, 28x28, from IDX files or a table.",
        example: "do { print(try MNIST().train.count) } catch { print(error) }"
    ) { path in try MNIST(path: path) }
    partRows(MNIST.self, "MNIST()", train: \.train, test: \.test, classes: \.classes)
    Binding.initializer(
        of: Digits.self,
        arg("path", String?.self, default: nil, "the table; `make data`'s unless given"),
        summary: "1,797 handwritten digits, 8x8.",
        example: "do { print(try Digits().train.count) } catch { print(error) }"
    ) { path in try Digits(path: path) }
    partRows(Digits.self, "Digits()", train: \.train, test: \.test, classes: \.classes)
    Binding.initializer(
        of: CIFAR10.self, arg("path", String?.self, default: nil, "the folder of the .bin files"),
        summary: "60,000 photographs, 32x32, in 10 classes, from the binary form.",
        example: "do { print(try CIFAR10(path: \"cifar\").train.count) } catch { print(error) }"
    ) { path in try CIFAR10(path: path) }
    partRows(CIFAR10.self, "CIFAR10()", train: \.train, test: \.test, classes: \.classes)
    Binding.initializer(
        of: CIFAR100.self, arg("path", String?.self, default: nil, "the folder of the .bin files"),
        arg("coarse", Bool.self, default: false, "20 wider classes"),
        summary: "60,000 photographs, 32x32, in 100 classes, from the binary form.",
        example: "do { print(try CIFAR100(path: \"cifar\").train.count) } catch { print(error) }"
    ) { path, coarse in try CIFAR100(path: path, coarse: coarse) }
    partRows(CIFAR100.self, "CIFAR100()", train: \.train, test: \.test, classes: \.classes)
    Binding.initializer(
        of: TuxPaint.self,
        arg("path", String?.self, default: nil, "the folder of stamps; `make data`'s unless given"),
        arg("size", SizeArgument.self, default: 64, "of each picture"),
        arg("classes", [String]?.self, default: nil, "folders such as \"animals/birds\""),
        summary: "Cut-outs in colour on white, a class for each folder.",
        example: "do { print(try TuxPaint(size: 32).classes) } catch { print(error) }"
    ) { path, size, classes in try TuxPaint(path: path, size: size.size, classes: classes) }
    Binding.property(
        "all", of: TuxPaint.self, summary: "Both parts together.",
        example: "do { print(try TuxPaint(size: 32).all) } catch { print(error) }"
    ) { $0.all }
    partRows(TuxPaint.self, "TuxPaint()", train: \.train, test: \.test, classes: \.classes)
    imageFolderRows()
}

@RowBuilder private func imageFolderRows() -> [Binding] {
    Binding.initializer(
        of: ImageFolder.self, arg("path", String.self, label: nil, "holds a folder for each class"),
        arg("size", SizeArgument?.self, default: nil, "what each picture is brought to"),
        arg("channels", Int.self, default: 3, "3 for RGB, 1 for grey"),
        arg("test", Double.self, default: 0.2, "the share for testing, unless folders say"),
        arg("damaged", DamagedFiles.self, default: .refuse, "what becomes of damaged files"),
        arg("seed", Int.self, default: 0, "what the share is drawn from"),
        summary: "Labelled pictures in folders, read when they are asked for.",
        example: pets + "data.train.showBatch(4)"
    ) { path, size, channels, test, damaged, seed in
        try ImageFolder(
            path, size: size?.size, channels: channels, test: test, damaged: damaged,
            seed: UInt64(bitPattern: Int64(seed)))
    }
    Binding.initializer(
        of: ImageFolder.self, arg("table", String.self, "a CSV file of paths and labels"),
        arg("images", String?.self, default: nil, "the column of paths"),
        arg("labels", String?.self, default: nil, "the column of labels"),
        arg("size", SizeArgument?.self, default: nil, "what each picture is brought to"),
        arg("channels", Int.self, default: 3, "3 for RGB, 1 for grey"),
        arg("test", Double.self, default: 0.2, "the share for testing"),
        arg("damaged", DamagedFiles.self, default: .refuse, "what becomes of damaged files"),
        summary: "Labelled pictures that a table names, read when they are asked for.",
        example: "let data = try ImageFolder(table: \"pets.csv\", size: 32)\ndata.classes"
    ) { table, images, labels, size, channels, test, damaged in
        try ImageFolder(
            table: table, images: images, labels: labels, size: size?.size, channels: channels,
            test: test, damaged: damaged)
    }
    Binding.property(
        "train", of: ImageFolder.self, summary: "The pictures to learn from.",
        example: pets + "data.train.count"
    ) { $0.train }
    Binding.property(
        "test", of: ImageFolder.self, summary: "The pictures to test with.",
        example: pets + "data.test.count"
    ) { $0.test }
    Binding.property(
        "classes", of: ImageFolder.self, summary: "The names of the classes.",
        example: pets + "data.classes"
    ) { $0.classes }
    Binding.property(
        "skipped", of: ImageFolder.self, summary: "Why files were left out, each with its name.",
        example: "let data = try ImageFolder(\"pets\", size: 32, damaged: .skip)\ndata.skipped"
    ) { $0.skipped }
    for choice in DamagedFiles.allCases {
        Binding.staticProperty(
            choice.rawValue, of: DamagedFiles.self,
            summary: choice == .skip
                ? "Damaged files are left out and named." : "A damaged file is an error.",
            example: "loadImages(\"pets\", damaged: .\(choice.rawValue)).count"
        ) { choice }
    }
}

/// The parts of a data set that may not be on the machine.
@RowBuilder private func partRows<Data: ForeignConvertible>(
    _ type: Data.Type, _ call: String, train: KeyPath<Data, ImageDataset>,
    test: KeyPath<Data, ImageDataset>, classes: KeyPath<Data, [String]>
) -> [Binding] {
    let example = { (end: String) in
        "do { print(try \(call).\(end)) } catch { print(error) }"
    }
    Binding.property(
        "train", of: type, summary: "The pictures to learn from.", example: example("train.count")
    ) { $0[keyPath: train] }
    Binding.property(
        "test", of: type, summary: "The pictures to test with.", example: example("test.count")
    ) { $0[keyPath: test] }
    Binding.property(
        "classes", of: type, summary: "The names of the classes.", example: example("classes")
    ) { $0[keyPath: classes] }
}
