/// A tensor's elements that are still in a file, as they will be in memory.
struct UnreadElements: Sendable {
    let file: FileReader
    /// Where the first byte stands.
    let offset: Int

    /// Smaller tensors are not worth coming back for: 64 kilobytes.
    static let leastByteCount = 1 << 16

    /// The elements in memory of their own.
    ///
    /// Throws where there is no room, or the file is not what it was.
    func read(_ spec: TensorSpec) throws -> Representation {
        let storage = try Tensor.allocate(file.operation, spec)
        try file.unchanged {
            try file.read(
                into: UnsafeMutableRawBufferPointer(start: storage.pointer, count: spec.byteCount),
                at: offset)
        }
        return Representation(
            storage: storage, layout: .strided(offset: 0, strides: spec.contiguousStrides))
    }
}
