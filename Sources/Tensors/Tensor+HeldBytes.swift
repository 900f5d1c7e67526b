extension Tensor {
    /// The bytes that stay in memory because of this tensor, which are more than its own where it is
    /// a part of another; 0 for a shape without elements and for what is still in a file.
    package var heldByteCount: Int { handle.kept?.storage.block.byteCount ?? 0 }
}
