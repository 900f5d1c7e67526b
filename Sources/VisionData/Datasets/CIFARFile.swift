/// Pictures of 32x32 pixels in the binary form of CIFAR: for each picture its labels, then its red,
/// its green and its blue plane.
struct CIFARFile {
    /// Samples pixel by pixel.
    private(set) var pixels: [UInt8] = []
    private(set) var labels: [Int] = []

    private static let plane = 32 * 32

    /// Reads files one after the other.
    ///
    /// - Parameters:
    ///   - labelCount: how many labels each picture has.
    ///   - label: which of them is wanted.
    ///   - classes: what the labels are below.
    ///
    /// Throws `DatasetError`, which names the file, when it is missing or breaks the form.
    init(_ paths: [String], labelCount: Int = 1, label: Int = 0, classes: Int) throws {
        for path in paths {
            let bytes = try DataFile.read(path, headerSize: 0).body
            do {
                try append(bytes, labelCount, label, classes)
            } catch let error as DatasetError {
                throw DatasetError(
                    error.kind, "cannot read \"\(path)\": the file is damaged: \(error.description)"
                )
            }
        }
    }

    /// The pictures of a file's bytes.
    init(bytes: [UInt8], labelCount: Int = 1, label: Int = 0, classes: Int) throws {
        try append(bytes, labelCount, label, classes)
    }

    private mutating func append(
        _ bytes: [UInt8], _ labelCount: Int, _ label: Int, _ classes: Int
    ) throws {
        let plane = Self.plane
        let record = labelCount + 3 * plane
        guard !bytes.isEmpty, bytes.count % record == 0 else {
            throw DatasetError(
                .corrupt,
                "expected pictures of \(record) bytes each, got \(bytes.count) bytes")
        }
        let count = bytes.count / record
        for index in 0..<count {
            let value = Int(bytes[index * record + label])
            guard value < classes else {
                throw DatasetError(
                    .corrupt,
                    "the label of picture \(index) is \(value), expected 0 to \(classes - 1)")
            }
            labels.append(value)
        }
        pixels += [UInt8](unsafeUninitializedCapacity: count * 3 * plane) { out, filled in
            bytes.withUnsafeBufferPointer { source in
                for index in 0..<count {
                    let from = index * record + labelCount
                    let to = index * 3 * plane
                    for pixel in 0..<plane {
                        out[to + 3 * pixel] = source[from + pixel]
                        out[to + 3 * pixel + 1] = source[from + plane + pixel]
                        out[to + 3 * pixel + 2] = source[from + 2 * plane + pixel]
                    }
                }
            }
            filled = count * 3 * plane
        }
    }

    /// The folder of the files: `path`, or the folder `name` in it.
    static func folder(_ path: String?, _ name: String) -> String {
        let path = path.map(DataFolder.expanded) ?? DataFolder.path(name)
        return DataFolder.isFolder("\(path)/\(name)") ? "\(path)/\(name)" : path
    }

    /// The lines of a file of class names; `nil` where there is none.
    static func names(_ name: String, in folder: String) throws -> [String]? {
        guard let path = DataFolder.first([name], in: folder) else { return nil }
        let lines = String(decoding: try DataFile.read(path, headerSize: 0).body, as: UTF8.self)
        let names = lines.split(whereSeparator: \.isNewline).map(String.init)
        return names.isEmpty ? nil : names
    }

    func dataset(_ classes: [String], _ statistics: ChannelStatistics? = nil) throws -> ImageDataset
    {
        try ImageDataset(
            pixels: pixels, count: labels.count, height: 32, width: 32, channels: 3, labels: labels,
            classes: classes, statistics: statistics)
    }

    /// What to do where a file is missing.
    static func advice(_ error: DatasetError, _ url: String, _ call: String) -> DatasetError {
        guard error.kind == .missing else { return error }
        return DatasetError(
            .missing,
            "\(error.description); unpack \(url) and name its folder: \(call)(path: \"...\")")
    }
}
