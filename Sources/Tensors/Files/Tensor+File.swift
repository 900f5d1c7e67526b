extension Tensor {
    /// Reads a tensor from a `.npy` file of NumPy's. Half-precision and double numbers become
    /// float32, small integers int32, unsigned 32-bit ones int64.
    ///
    ///     let x = try Tensor.load("x.npy")
    ///
    /// Throws a `TensorError` that names the file when it cannot be read, is no such file, is
    /// damaged, or holds a type there is nothing for.
    public static func load(_ path: String) throws -> Tensor {
        let file = try FileReader(path, operation: "load")
        let header = try ArrayFileHeader(of: file)
        guard header.isColumnMajor else {
            return try header.type.read(header.shape, from: file, at: header.dataStart)
        }
        let reversed = try header.type.read(
            header.shape.reversed(), from: file, at: header.dataStart)
        let own = try reversed.strided()
        return Tensor(
            TensorSpec(header.shape, reversed.dtype), own.storage,
            .strided(offset: own.offset, strides: own.strides.reversed()))
    }

    /// Writes the tensor to a `.npy` file, whole or not at all.
    ///
    ///     try x.save("x.npy")
    public func save(_ path: String) throws {
        guard !isSymbolic else {
            throw TensorError(
                .value, "save", "a symbolic tensor has a shape and no elements",
                expected: "a tensor with elements", got: "\(spec)", operands: [spec])
        }
        try FileWriter.write(path, operation: "save") { file in
            try ArrayFileHeader.bytes(for: spec).withUnsafeBytes { try file.write($0) }
            try withUnsafeBytes { try file.write($0) }
        }
    }
}
