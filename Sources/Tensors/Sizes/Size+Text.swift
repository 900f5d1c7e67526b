extension Size: CustomStringConvertible {
    /// The formula: `⌊(h - 3)/4⌋`, `⌈h/32⌉`, `64·⌊h/4⌋·⌊w/4⌋ + 1`.
    public var description: String {
        // One quotient beside a number is written as one quotient.
        if terms.count == 1, terms[0].coefficient == 1, terms[0].factors.count == 1,
            case .quotient(let inner, let divisor) = terms[0].factors[0], constant != 0
        {
            let (shift, overflow) = constant.multipliedReportingOverflow(by: divisor)
            if !overflow, let shifted = inner.adding(shift) {
                return Factor.quotient(shifted, divisor).description
            }
        }
        guard !terms.isEmpty else { return "\(constant)" }
        if let product { return product }
        var text = ""
        for term in terms {
            let product = term.factors.map(\.description).joined(separator: "·")
            let size = term.coefficient.magnitude
            let sign = term.coefficient < 0
            text += text.isEmpty ? (sign ? "-" : "") : (sign ? " - " : " + ")
            text += size == 1 ? product : "\(size)·\(product)"
        }
        guard constant != 0 else { return text }
        return text + (constant < 0 ? " - " : " + ") + "\(constant.magnitude)"
    }
}

extension Size.Factor: CustomStringConvertible {
    var description: String {
        switch self {
        case .variable(let name): return name
        case .quotient(let size, let divisor):
            if size.constant == divisor - 1 {
                let inner = Size(terms: size.terms, constant: 0)
                return "⌈\(inner.operand)/\(divisor)⌉"
            }
            return "⌊\(size.operand)/\(divisor)⌋"
        }
    }
}

extension Size {
    /// `16·⌊(h - 8)/4⌋·⌊(w - 8)/4⌋` for a product of two sums that was multiplied out; `nil` where it
    /// is none.
    private var product: String? {
        guard terms.count == 3, terms[0].factors.count == 2, terms[1].factors.count == 1,
            terms[2].factors.count == 1
        else { return nil }
        let (a, b) = (terms[0].factors[0], terms[0].factors[1])
        let scale = terms[0].coefficient
        guard a != b, scale != 0, let beside = terms.first(where: { $0.factors == [a] }),
            let other = terms.first(where: { $0.factors == [b] }),
            beside.coefficient % scale == 0, other.coefficient % scale == 0
        else { return nil }
        let (left, right) = (other.coefficient / scale, beside.coefficient / scale)
        let (first, overflow) = left.multipliedReportingOverflow(by: right)
        let (all, overflows) = first.multipliedReportingOverflow(by: scale)
        guard !overflow, !overflows, all == constant else { return nil }
        let parts = [(a, left), (b, right)].map { factor, number in
            let sum = Size(terms: [Term(coefficient: 1, factors: [factor])], constant: number)
            let text = sum.description
            return text.hasPrefix("⌊") || text.hasPrefix("⌈") ? text : "(\(text))"
        }
        return (scale == 1 ? "" : scale == -1 ? "-" : "\(scale)·") + parts.joined(separator: "·")
    }

    /// The formula as what is divided, in parentheses where it needs them.
    fileprivate var operand: String {
        let text = description
        let isOne =
            terms.isEmpty
            || (terms.count == 1 && constant == 0 && terms[0].coefficient > 0)
        return isOne ? text : "(\(text))"
    }
}
