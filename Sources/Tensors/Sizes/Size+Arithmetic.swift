/// Arithmetic of sizes; `nil` where a number would be beyond an `Int`.
extension Size {
    /// The whole number below `a / b`, for positive `b`.
    static func floorDivision(_ a: Int, _ b: Int) -> Int {
        let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
        return remainder < 0 ? quotient - 1 : quotient
    }

    package func adding(_ other: Size) -> Size? {
        let (constant, overflow) = constant.addingReportingOverflow(other.constant)
        guard !overflow else { return nil }
        if terms.isEmpty { return Size(terms: other.terms, constant: constant) }
        if other.terms.isEmpty { return Size(terms: terms, constant: constant) }
        return Size.sum(terms + other.terms, constant)
    }

    package func adding(_ number: Int) -> Size? { adding(Size(number)) }

    package func multiplied(by other: Size) -> Size? {
        if let number = other.known { return multiplied(by: number) }
        if let number = known { return other.multiplied(by: number) }
        var products: [Term] = []
        var parts: [(Term, Term)] = []
        let left = terms + (constant == 0 ? [] : [Term(coefficient: constant, factors: [])])
        let right =
            other.terms
            + (other.constant == 0 ? [] : [Term(coefficient: other.constant, factors: [])])
        for a in left { for b in right { parts.append((a, b)) } }
        var number = 0
        for (a, b) in parts {
            let (product, overflow) = a.coefficient.multipliedReportingOverflow(by: b.coefficient)
            guard !overflow else { return nil }
            let factors = (a.factors + b.factors).sorted { $0.precedes($1) }
            if factors.isEmpty {
                number = product
            } else {
                products.append(Term(coefficient: product, factors: factors))
            }
        }
        return Size.sum(products, number)
    }

    package func multiplied(by number: Int) -> Size? {
        if number == 1 { return self }
        if number == 0 { return 0 }
        let (constant, overflow) = constant.multipliedReportingOverflow(by: number)
        guard !overflow else { return nil }
        var result = Size(terms: terms, constant: constant)
        for index in terms.indices {
            let (product, overflow) = terms[index].coefficient
                .multipliedReportingOverflow(by: number)
            guard !overflow else { return nil }
            result.terms[index].coefficient = product
        }
        return result
    }

    /// The whole number below the quotient by a positive number.
    ///
    /// What divides without remainder is taken out, and quotients in quotients become one:
    /// `⌊(⌊x/b⌋ + c)/d⌋ = ⌊(x + bc)/(bd)⌋`.
    package func divided(by divisor: Int) -> Size? {
        guard divisor > 1 else { return divisor == 1 ? self : nil }
        var whole: [Term] = []
        var rest: [Term] = []
        for term in terms {
            let quotient = Size.floorDivision(term.coefficient, divisor)
            let remainder = term.coefficient - quotient * divisor
            if quotient != 0 { whole.append(Term(coefficient: quotient, factors: term.factors)) }
            if remainder != 0 { rest.append(Term(coefficient: remainder, factors: term.factors)) }
        }
        guard !rest.isEmpty else {
            return Size(terms: whole, constant: Size.floorDivision(constant, divisor))
        }
        if rest.count == 1, rest[0].coefficient == 1, rest[0].factors.count == 1,
            case .quotient(let inner, let innerDivisor) = rest[0].factors[0]
        {
            let (product, overflow) = divisor.multipliedReportingOverflow(by: innerDivisor)
            let (shift, shiftOverflow) = constant.multipliedReportingOverflow(by: innerDivisor)
            guard !overflow, !shiftOverflow,
                let part = inner.adding(shift)?.divided(by: product)
            else { return nil }
            return Size(terms: whole, constant: 0).adding(part)
        }
        // What all coefficients and the divisor share decides alone.
        let common = rest.reduce(divisor) { Size.commonDivisor($0, $1.coefficient) }
        let reduced = divisor / common
        let number = Size.floorDivision(constant, common)
        rest = rest.map { Term(coefficient: $0.coefficient / common, factors: $0.factors) }
        let taken = Size.floorDivision(number, reduced)
        let outside = Size(terms: whole, constant: taken)
        let inside = Size(terms: rest, constant: number - taken * reduced)
        guard reduced > 1 else { return outside.adding(inside) }
        let factor = Factor.quotient(inside, reduced)
        return outside.adding(
            Size(terms: [Term(coefficient: 1, factors: [factor])], constant: 0))
    }

    /// The quotient by a positive number that divides it whatever the names stand for.
    package func exactlyDivided(by divisor: Int) -> Size? {
        guard divisor >= 1, constant % divisor == 0,
            terms.allSatisfy({ $0.coefficient % divisor == 0 })
        else { return nil }
        return divided(by: divisor)
    }

    static func commonDivisor(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (a.magnitude, b.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        return Int(clamping: a)
    }

    private static func sum(_ terms: [Term], _ constant: Int) -> Size? {
        var result: [Term] = []
        for term in terms.sorted(by: { $0.factors.precedes($1.factors) }) {
            guard let last = result.last, last.factors == term.factors else {
                result.append(term)
                continue
            }
            let (sum, overflow) = last.coefficient.addingReportingOverflow(term.coefficient)
            guard !overflow else { return nil }
            result[result.count - 1].coefficient = sum
        }
        return Size(terms: result.filter { $0.coefficient != 0 }, constant: constant)
    }
}

extension Size.Factor {
    /// An order of all factors: names first, quotients by what they are made of.
    fileprivate func precedes(_ other: Size.Factor) -> Bool {
        switch (self, other) {
        case (.variable(let a), .variable(let b)): return a < b
        case (.variable, .quotient): return true
        case (.quotient, .variable): return false
        case (.quotient(let a, let m), .quotient(let b, let n)):
            if m != n { return m < n }
            if a.constant != b.constant { return a.constant < b.constant }
            if a.terms.count != b.terms.count { return a.terms.count < b.terms.count }
            for (left, right) in zip(a.terms, b.terms) where left != right {
                if left.coefficient != right.coefficient {
                    return left.coefficient < right.coefficient
                }
                return left.factors.precedes(right.factors)
            }
            return false
        }
    }
}

extension [Size.Factor] {
    fileprivate func precedes(_ other: [Size.Factor]) -> Bool {
        if count != other.count { return count > other.count }
        for (left, right) in zip(self, other) where left != right { return left.precedes(right) }
        return false
    }
}
