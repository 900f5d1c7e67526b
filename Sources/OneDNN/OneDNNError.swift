internal import COneDNN

/// A call of oneDNN, or of the allocator under it, that did not succeed.
public struct OneDNNError: Error, Sendable, CustomStringConvertible {
    public enum Reason: Sendable, Equatable {
        /// oneDNN answered with this status.
        case status(String)
        /// The memory budget has no room: bytes asked for, bytes in use, and the budget.
        case memory(requested: Int, used: Int, budget: Int)
    }

    /// The C function that answered, such as `dnnl_primitive_create`.
    public let call: String
    public let reason: Reason

    public init(call: String, reason: Reason) {
        self.call = call
        self.reason = reason
    }

    /// Whether no implementation exists for what was asked, so that another way may be tried.
    public var isUnimplemented: Bool { reason == .status("unimplemented") }

    public var description: String {
        switch reason {
        case .status(let status): "\(call): oneDNN answered '\(status)'"
        case .memory(let requested, let used, let budget):
            "\(call): no room for \(formatBytes(requested)), expected at most "
                + "\(formatBytes(max(0, budget - used))) "
                + "(budget \(formatBytes(budget)), in use \(formatBytes(used)))"
        }
    }
}

/// Bytes in words: `512 bytes`, `1.5 MB`, `1.1 TB` (decimal units).
public func formatBytes(_ count: Int) -> String {
    if count < 1000 { return "\(count) bytes" }
    var value = Double(count)
    var unit = "bytes"
    for next in ["kB", "MB", "GB", "TB", "PB", "EB"] where value >= 999.95 {
        value /= 1000
        unit = next
    }
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
}

func check(_ status: dnnl_status_t, _ call: String) throws(OneDNNError) {
    guard status != dnnl_success else { return }
    throw OneDNNError(call: call, reason: .status(name(of: status)))
}

private func name(of status: dnnl_status_t) -> String {
    switch status {
    case dnnl_out_of_memory: "out of memory"
    case dnnl_invalid_arguments: "invalid arguments"
    case dnnl_unimplemented: "unimplemented"
    case dnnl_iterator_ends: "iterator ends"
    case dnnl_runtime_error: "runtime error"
    case dnnl_not_required: "not required"
    default: "status \(status.rawValue)"
    }
}
