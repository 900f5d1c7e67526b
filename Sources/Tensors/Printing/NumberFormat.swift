import Glibc

/// How the numbers of one tensor are written.
///
/// Real numbers have up to four decimals and at least one. When the largest of them needs more than
/// eight digits, or is so small that four decimals would hide it, all are written in scientific
/// notation.
struct NumberFormat {
    private let isScientific: Bool

    /// The format for numbers whose largest finite magnitude is `magnitude`.
    init(magnitude: Double) {
        isScientific = magnitude >= 1e8 || (magnitude > 0 && magnitude < 1e-3)
    }

    /// A real number.
    func string(_ value: Double) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        if !isScientific || value == 0 { return trimmed(formatted("%.4f", value)) }
        let text = formatted("%.4e", value)
        guard let mark = text.firstIndex(of: "e") else { return text }
        return trimmed(String(text[..<mark])) + text[mark...]
    }

    /// Without the zeros at the end, but for one decimal.
    private func trimmed(_ text: String) -> String {
        var text = text
        while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
        return text
    }
}

private func formatted(_ format: String, _ value: Double) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
        let length = withVaList([value]) { vsnprintf(buffer.baseAddress, 400, format, $0) }
        return String(
            decoding: buffer.prefix(Int(length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
