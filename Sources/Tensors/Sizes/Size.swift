/// A size that may depend on sizes that are not known yet: `Size("h")`, `224`, or what layers make of
/// them, such as `⌊(h - 3)/4⌋`.
///
/// It is exact: a whole number for all whole numbers that are put in the place of the names. Sums,
/// products and quotients rounded down are brought to one form, so that equal formulas are equal
/// values: `⌊(⌊(h + 1)/2⌋ + 1)/2⌋` is `⌊(h + 3)/4⌋`.
///
///     let h = Size("h")
///     let w = Size("w")
///     print(try shapes(ResNet50(), input: [3, h, w]))
public struct Size: Hashable, Sendable, ExpressibleByIntegerLiteral {
    /// A product of factors times a number.
    struct Term: Hashable {
        var coefficient: Int
        /// In order; one may come several times.
        var factors: [Factor]
    }

    indirect enum Factor: Hashable {
        case variable(String)
        /// The size divided by a number of at least 2, rounded down.
        case quotient(Size, Int)
    }

    /// In the order of their factors, none with the coefficient 0, no two with the same factors.
    var terms: [Term]
    var constant: Int

    /// The size with a name, to be put in later.
    public init(_ name: String) {
        terms = [Term(coefficient: 1, factors: [.variable(name)])]
        constant = 0
    }

    /// A size that is known.
    public init(_ size: Int) {
        terms = []
        constant = size
    }

    public init(integerLiteral size: Int) { self.init(size) }

    init(terms: [Term], constant: Int) {
        self.terms = terms
        self.constant = constant
    }

    /// The number, where it depends on nothing.
    public var known: Int? { terms.isEmpty ? constant : nil }

    /// The names it depends on, in alphabetical order.
    public var variables: [String] {
        var names: Set<String> = []
        collectVariables(into: &names)
        return names.sorted()
    }

    /// The number for given sizes: `size.value(["h": 224, "w": 224])`.
    ///
    /// Throws where a name it depends on is missing, or the number is beyond an `Int`.
    public func value(_ sizes: [String: Int]) throws -> Int {
        if let value = evaluated(sizes) { return value }
        let missing = variables.filter { sizes[$0] == nil }
        throw TensorError(
            .value, "Size", "'\(self)' has no value",
            expected: missing.isEmpty ? "sizes that give an Int" : "a size for each name",
            got: missing.isEmpty ? "\(sizes)" : "none for \(missing.joined(separator: ", "))")
    }

    /// The number for given sizes; `nil` where a name is missing or an `Int` does not hold it.
    package func evaluated(_ sizes: [String: Int]) -> Int? {
        var sum = constant
        for term in terms {
            var product = term.coefficient
            for factor in term.factors {
                guard let value = factor.evaluated(sizes) else { return nil }
                let (next, overflow) = product.multipliedReportingOverflow(by: value)
                if overflow { return nil }
                product = next
            }
            let (next, overflow) = sum.addingReportingOverflow(product)
            if overflow { return nil }
            sum = next
        }
        return sum
    }

    private func collectVariables(into names: inout Set<String>) {
        for factor in terms.lazy.flatMap(\.factors) {
            switch factor {
            case .variable(let name): names.insert(name)
            case .quotient(let size, _): size.collectVariables(into: &names)
            }
        }
    }
}

extension Size.Factor {
    fileprivate func evaluated(_ sizes: [String: Int]) -> Int? {
        switch self {
        case .variable(let name): sizes[name]
        case .quotient(let size, let divisor):
            size.evaluated(sizes).map { Size.floorDivision($0, divisor) }
        }
    }
}
