import Glibc

/// `C = A B + beta C` over row-major matrices, A and B of bfloat16 and C of float32
/// (`dnnl_gemm_bf16bf16f32`, which oneDNN exports without declaring it).
///
/// Operands as in `matrixProduct`; elements are 16-bit patterns. Throws `unimplemented` where the
/// library or the processor has no such kernel: ask `hasBFloat16MatrixProduct` first.
public func bfloat16MatrixProduct<Element: BitwiseCopyable>(
    transposeA: Bool, transposeB: Bool, rows: Int, columns: Int, inner: Int,
    _ a: UnsafePointer<Element>, leadingA: Int, _ b: UnsafePointer<Element>, leadingB: Int,
    beta: Float = 0, _ c: UnsafeMutablePointer<Float>, leadingC: Int
) throws(OneDNNError) {
    guard let product = exported, MemoryLayout<Element>.size == 2 else {
        throw OneDNNError(call: "dnnl_gemm_bf16bf16f32", reason: .status("unimplemented"))
    }
    Parallel.adopt()
    let status = product(
        transposeA ? 84 : 78, transposeB ? 84 : 78, Int64(rows), Int64(columns), Int64(inner), 1,
        a, Int64(leadingA), b, Int64(leadingB), beta, c, Int64(leadingC))
    guard status == 0 else {
        throw OneDNNError(
            call: "dnnl_gemm_bf16bf16f32",
            reason: .status(status == 3 ? "unimplemented" : "status \(status)"))
    }
}

/// Whether `bfloat16MatrixProduct` computes here.
public let hasBFloat16MatrixProduct: Bool = {
    let ones: [UInt16] = [0x3F80]
    var result: Float = 0
    do throws(OneDNNError) {
        try bfloat16MatrixProduct(
            transposeA: false, transposeB: false, rows: 1, columns: 1, inner: 1, ones,
            leadingA: 1, ones, leadingB: 1, &result, leadingC: 1)
    } catch {
        return false
    }
    return result == 1
}()

private typealias Product =
    @convention(c) (
        CChar, CChar, Int64, Int64, Int64, Float, UnsafeRawPointer, Int64, UnsafeRawPointer, Int64,
        Float, UnsafeMutablePointer<Float>, Int64
    ) -> Int32

/// The function in the library that is loaded.
private let exported: Product? = {
    guard let symbol = dlsym(nil, "dnnl_gemm_bf16bf16f32") else { return nil }
    return unsafeBitCast(symbol, to: Product.self)
}()
