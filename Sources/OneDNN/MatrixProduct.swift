internal import COneDNN

/// `C = alpha A B + beta C` over row-major float32 matrices (`dnnl_sgemm`).
///
/// A is `rows` x `inner` (its transpose is stored where `transposeA`), B is `inner` x `columns`.
/// Leading dimensions are row lengths in elements.
public func matrixProduct(
    transposeA: Bool, transposeB: Bool, rows: Int, columns: Int, inner: Int,
    _ a: UnsafePointer<Float>, leadingA: Int, _ b: UnsafePointer<Float>, leadingB: Int,
    beta: Float = 0, _ c: UnsafeMutablePointer<Float>, leadingC: Int
) throws(OneDNNError) {
    Parallel.adopt()
    try check(
        dnnl_sgemm(
            transposeA ? 84 : 78, transposeB ? 84 : 78, Int64(rows), Int64(columns), Int64(inner),
            1, a, Int64(leadingA), b, Int64(leadingB), beta, c, Int64(leadingC)),
        "dnnl_sgemm")
}
