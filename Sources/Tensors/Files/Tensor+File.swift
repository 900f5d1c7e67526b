import Hosting

extension Tensor {
    /// Reads a tensor from a `.npy` file of NumPy's. Half-precision and double numbers become
    /// float32, small integers int32, unsigned 32-bit ones int64, and a line among the run's messages
    /// says so.
    ///
    ///     let x = try Tensor.load("x.npy")
    ///
    /// Throws a `TensorError` that names the file when it cannot be read, is no such file, is
    /// damaged, or holds a type there is nothing for.
    public static func load(_ path: String) throws -> Tensor {
        let file = try FileReader(path, operation: "load")
        let header = try ArrayFileHeader(of: file)
        if header.type.isConverted {
            report("load", path, ["\(header.type.rawValue) became \(header.type.dtype)"])
        }
        return try header.read(file)
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
        guard dtype != .bfloat16 else {
            throw TensorError(
                .dtype, "save", "the .npy format has no bfloat16",
                expected: "cast(to: .float32), or saveTensors to a .safetensors file",
                got: "bfloat16", operands: [spec])
        }
        try FileWriter.write(path, operation: "save") { file in
            try ArrayFileHeader.bytes(for: spec).withUnsafeBytes { try file.write($0) }
            try withUnsafeBytes { try file.write($0) }
        }
    }
}

/// Says among the run's messages what reading a file changed.
func report(_ operation: String, _ path: String, _ notes: [String]) {
    guard !notes.isEmpty else { return }
    let shown = notes.prefix(3).joined(separator: ", ")
    let rest = notes.count > 3 ? " and \(notes.count - 3) more" : ""
    Host.current.output.emit(
        .text("\(operation): \(path): \(shown)\(rest)\n", stream: .standardError))
}
