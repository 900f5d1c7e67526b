/// An array of bytes in the IDX format of the MNIST family, gzipped.
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
        let (header, body) = try GzipFile.read(path, headerSize: 4 + 4 * rank, limit: 1 << 31)
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
