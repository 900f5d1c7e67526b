/// An array of bytes in the IDX format of the MNIST family, gzipped or not.
///
/// Two zero bytes, the type (8 is an unsigned byte), the number of dimensions, each dimension as a
/// big-endian 32-bit number, then the elements.
struct IDXFile {
    let shape: [Int]
    /// The elements, the last axis fastest.
    let elements: [UInt8]

    /// Reads a file of `rank` dimensions; throws `DatasetError`, which names the file, when it is
    /// another file or its length does not fit its header.
    init(_ path: String, rank: Int) throws {
        try self.init(try DataFile.read(path, headerSize: 4 + 4 * rank), rank: rank, path)
    }

    /// The array of a file's header and the bytes after it; `path` stands in errors.
    init(_ content: (header: [UInt8], body: [UInt8]), rank: Int, _ path: String) throws {
        let (header, body) = content
        func damaged(_ reason: String) -> DatasetError {
            DatasetError(.corrupt, "cannot read \"\(path)\": the file is damaged: \(reason)")
        }
        guard header[0...3] == [0, 0, 8, UInt8(rank)] else {
            throw damaged("it is not an IDX file of bytes with \(rank) dimensions")
        }
        let shape = (0..<rank).map { axis in
            header[(4 + 4 * axis)..<(8 + 4 * axis)].reduce(0) { $0 << 8 | Int($1) }
        }
        var expected = 1
        for side in shape {
            let (product, overflow) = expected.multipliedReportingOverflow(by: side)
            guard !overflow else { throw damaged("its header says \(shape)") }
            expected = product
        }
        self.elements = body
        self.shape = shape
        guard body.count == expected else {
            throw damaged(
                "its header says \(shape), expected \(expected) bytes, got \(body.count)")
        }
    }
}

extension ImageDataset {
    /// Pictures and labels of a pair of IDX files.
    init(
        images: IDXFile, labels: IDXFile, classes: [String], statistics: ChannelStatistics? = nil
    ) throws {
        guard images.shape[1] > 0, images.shape[2] > 0 else {
            throw DatasetError(
                .corrupt, "the pictures have \(images.shape[2])x\(images.shape[1]) pixels")
        }
        try self.init(
            pixels: images.elements, count: images.shape[0], height: images.shape[1],
            width: images.shape[2], channels: 1, labels: labels.elements.map(Int.init),
            classes: classes, statistics: statistics)
    }
}
