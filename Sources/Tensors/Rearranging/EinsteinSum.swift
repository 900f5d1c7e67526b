/// Sums of products over named axes: each letter names an axis, letters of the result stay, and the
/// others are summed over.
///
///     try einsum("ij,jk->ik", a, b)      // the matrix product
///     try einsum("bij,bjk->bik", a, b)   // one for each b
///     try einsum("ii->", a)              // the trace
///     try einsum("i,j", a, b)            // without an arrow: the letters that occur once, sorted
///
/// `...` names the axes without letters, which broadcast, and axes of size 1 broadcast too. More
/// than two operands are multiplied from left to right. Throws when the equation is not well formed
/// or a letter names axes of different sizes.
public func einsum(_ equation: String, _ operands: Tensor...) throws -> Tensor {
    try einsum(equation, operands)
}

/// Sums of products over named axes, as `einsum(_:_:)` with the operands in a list.
public func einsum(_ equation: String, _ operands: [Tensor]) throws -> Tensor {
    let parsed = try EinsumEquation(equation, operands.map(\.spec))
    var terms = try zip(operands, parsed.inputs).map { operand, labels in
        try EinsumTerm(operand, labels).withoutRepeats()
    }
    var result = terms.removeFirst()
    while !terms.isEmpty {
        let next = terms.removeFirst()
        let needed = Set(parsed.output).union(terms.flatMap(\.labels))
        result = try result.multiplied(by: next, keeping: needed)
    }
    return try result.arranged(as: parsed.output)
}

/// The names of the operands' axes and of the result's. Axes under `...` are numbered from the last.
struct EinsumEquation {
    enum Label: Hashable {
        case letter(Character)
        case unnamed(Int)
    }

    var inputs: [[Label]]
    var output: [Label]

    init(_ equation: String, _ specs: [TensorSpec]) throws {
        func failure(_ problem: String, _ expected: String, _ got: String) -> TensorError {
            TensorError(
                .value, "einsum", problem, expected: expected, got: got, operands: specs)
        }
        let text = equation.filter { $0 != " " }
        let arrow = text.firstRange(of: "->")
        let left = arrow.map { text[..<$0.lowerBound] } ?? text[...]
        let parts = left.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == specs.count, !specs.isEmpty else {
            throw failure(
                "'\(equation)' does not name every operand's axes",
                "\(specs.count) parts with commas between", "\(parts.count)")
        }
        /// The labels in one part, whose `...` stands for `unnamed` axes.
        func labels(_ part: Substring, unnamed: (_ letters: Int) throws -> Int) throws -> [Label] {
            let dots = part.firstRange(of: "...")
            let front = dots.map { part[..<$0.lowerBound] } ?? part
            let back = dots.map { part[$0.upperBound...] } ?? ""
            if let other = (front + back).first(where: { !($0.isASCII && $0.isLetter) }) {
                throw failure(
                    "'\(equation)' is not well formed", "letters, one '...', ',' and '->'",
                    "'\(other)'")
            }
            let count = dots == nil ? 0 : try unnamed(front.count + back.count)
            return front.map { .letter($0) } + (0..<count).reversed().map { .unnamed($0) }
                + back.map { .letter($0) }
        }
        inputs = []
        var mostUnnamed = 0
        for (position, (part, spec)) in zip(parts, specs).enumerated() {
            let named = try labels(part) { letters in
                mostUnnamed = max(mostUnnamed, spec.rank - letters)
                return max(0, spec.rank - letters)
            }
            guard named.count == spec.rank else {
                throw failure(
                    "'\(part)' does not name the axes of operand \(position)",
                    "\(spec.rank) letters for shape \(spec.shape)", "\(named.count)")
            }
            inputs.append(named)
        }
        if let arrow {
            output = try labels(text[arrow.upperBound...]) { _ in mostUnnamed }
        } else {
            let counts = inputs.joined().reduce(into: [Label: Int]()) { $0[$1, default: 0] += 1 }
            let letters = counts.compactMap { label, count -> Character? in
                if case .letter(let letter) = label, count == 1 { letter } else { nil }
            }
            output = (0..<mostUnnamed).reversed().map { .unnamed($0) }
            output += letters.sorted().map { .letter($0) }
        }
        let known = Set(inputs.joined())
        if let label = output.first(where: { !known.contains($0) }) {
            throw failure(
                "the result names an axis that no operand has", "letters of the operands",
                "'\(label)'")
        }
        guard Set(output).count == output.count else {
            throw failure("the result names an axis twice", "each letter once", "'\(equation)'")
        }
        try check(specs, failure)
    }

    /// Throws when a label names axes of sizes that differ and are not 1.
    private func check(
        _ specs: [TensorSpec], _ failure: (String, String, String) -> TensorError
    ) throws {
        var sizes: [Label: Int] = [:]
        for (labels, spec) in zip(inputs, specs) {
            var own: [Label: Int] = [:]
            for (label, size) in zip(labels, spec.shape) {
                if let other = own[label], other != size {
                    throw failure(
                        "'\(label)' names two axes of one operand with different sizes",
                        "\(other)", "\(size) in shape \(spec.shape)")
                }
                own[label] = size
                if let other = sizes[label], other != size, other != 1, size != 1 {
                    throw failure(
                        "'\(label)' names axes of different sizes", "\(other)",
                        "\(size) in shape \(spec.shape)")
                }
                sizes[label] = max(sizes[label] ?? 1, size == 1 ? 1 : size)
                if size == 0 { sizes[label] = 0 }
            }
        }
    }
}

extension EinsumEquation.Label: CustomStringConvertible {
    var description: String {
        switch self {
        case .letter(let letter): "\(letter)"
        case .unnamed: "..."
        }
    }
}

/// A tensor whose axes have names.
private struct EinsumTerm {
    typealias Label = EinsumEquation.Label

    var tensor: Tensor
    var labels: [Label]

    init(_ tensor: Tensor, _ labels: [Label]) {
        self.tensor = tensor
        self.labels = labels
    }

    /// With the diagonal in the place of axes that share a name.
    func withoutRepeats() throws -> EinsumTerm {
        var term = self
        while let second = term.labels.indices.first(where: {
            term.labels[..<$0].contains(term.labels[$0])
        }), let first = term.labels.firstIndex(of: term.labels[second]) {
            let others = term.labels.indices.filter { $0 != first && $0 != second }
            let line = try Tensor(
                Array(0..<term.tensor.shape[first]),
                shape: [
                    term.tensor.shape[first]
                ])
            term = EinsumTerm(
                try term.tensor.transposed([first, second] + others).indexed(by: [line, line]),
                [term.labels[first]] + others.map { term.labels[$0] })
        }
        return term
    }

    /// Summed over the axes whose names are not kept.
    func summed(keeping kept: Set<Label>) throws -> EinsumTerm {
        let gone = labels.indices.filter { !kept.contains(labels[$0]) }
        if gone.isEmpty { return self }
        return EinsumTerm(try tensor.sum(axes: gone), labels.filter(kept.contains))
    }

    /// Without axes of size 1 that another term has with a larger size.
    private func narrowed(beside other: EinsumTerm) throws -> EinsumTerm {
        let gone = labels.indices.filter { axis in
            guard tensor.shape[axis] == 1, let place = other.labels.firstIndex(of: labels[axis])
            else { return false }
            return other.tensor.shape[place] != 1
        }
        if gone.isEmpty { return self }
        let kept = labels.indices.filter { !gone.contains($0) }
        return EinsumTerm(
            try tensor.reshaped(kept.map { tensor.shape[$0] }), kept.map { labels[$0] })
    }

    /// The product of both, summed over the shared names that are not kept: a matrix product of
    /// each pair of matrices over the names that both share and keep.
    func multiplied(by other: EinsumTerm, keeping kept: Set<Label>) throws -> EinsumTerm {
        let a = try narrowed(beside: other).summed(keeping: kept.union(other.labels))
        let b = try other.narrowed(beside: self).summed(keeping: kept.union(a.labels))
        let batch = a.labels.filter { b.labels.contains($0) && kept.contains($0) }
        let inner = a.labels.filter { b.labels.contains($0) && !kept.contains($0) }
        let rows = a.labels.filter { !b.labels.contains($0) }
        let columns = b.labels.filter { !a.labels.contains($0) }
        let left = try a.grouped(batch, rows, inner)
        let right = try b.grouped(batch, inner, columns)
        let product: Tensor
        if left.dtype.isFloatingPoint, left.dtype == right.dtype {
            product = try Tensor.matmul(left, right)
        } else {
            product = try Tensor.multiplying(
                left.expandedDimensions(axis: 3), right.expandedDimensions(axis: 1)
            ).sum(axis: 2)
        }
        let sizes = batch.map(a.size) + rows.map(a.size) + columns.map(b.size)
        return EinsumTerm(try product.reshaped(sizes), batch + rows + columns)
    }

    /// As three axes, each of which runs over a group of names.
    private func grouped(_ groups: [Label]...) throws -> Tensor {
        let order = groups.joined().compactMap { labels.firstIndex(of: $0) }
        let sizes = groups.map { $0.reduce(1) { $0 &* size($1) } }
        return try (order.isEmpty ? tensor : tensor.transposed(order)).reshaped(sizes)
    }

    private func size(_ label: Label) -> Int {
        labels.firstIndex(of: label).map { tensor.shape[$0] } ?? 1
    }

    /// The tensor with its axes in the order of `output`, summed over the others.
    func arranged(as output: [Label]) throws -> Tensor {
        let term = try summed(keeping: Set(output))
        let order = output.compactMap { term.labels.firstIndex(of: $0) }
        return order == Array(order.indices) ? term.tensor : try term.tensor.transposed(order)
    }
}
