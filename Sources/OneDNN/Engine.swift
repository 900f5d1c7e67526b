internal import COneDNN

/// The CPU engine and its stream: made at first use, alive as long as the process.
final class Engine: @unchecked Sendable {
    // Invariant: both handles are immutable after `init`, and oneDNN's CPU engine and in-order
    // stream keep no state of their own between executions.
    let engine: dnnl_engine_t
    let stream: dnnl_stream_t

    private static let shared = Result { () throws(OneDNNError) in try Engine() }

    static func current() throws(OneDNNError) -> Engine { try shared.get() }

    private init() throws(OneDNNError) {
        var engine: dnnl_engine_t?
        try check(dnnl_engine_create(&engine, dnnl_cpu, 0), "dnnl_engine_create")
        guard let engine else {
            throw OneDNNError(call: "dnnl_engine_create", reason: .status("no engine"))
        }
        var stream: dnnl_stream_t?
        let flags = dnnl_stream_default_flags
        try check(dnnl_stream_create(&stream, engine, flags.rawValue), "dnnl_stream_create")
        guard let stream else {
            throw OneDNNError(call: "dnnl_stream_create", reason: .status("no stream"))
        }
        self.engine = engine
        self.stream = stream
    }
}

/// oneDNN's version, such as `2.6.3`.
public var libraryVersion: String {
    guard let version = dnnl_version()?.pointee else { return "unknown" }
    return "\(version.major).\(version.minor).\(version.patch)"
}

/// Whether convolutions and matrix products on bfloat16 elements have fast kernels here.
public let hasBFloat16Kernels: Bool = hasAVX512

/// Whether there are kernels for Winograd's algorithm on this processor.
public let hasWinogradKernels: Bool = hasAVX512

/// Whether kernels use vectors of 512 bits here.
public let hasAVX512: Bool = {
    let isa = dnnl_get_effective_cpu_isa().rawValue
    let wanted = dnnl_cpu_isa_avx512_core.rawValue
    return isa & wanted == wanted
}()
