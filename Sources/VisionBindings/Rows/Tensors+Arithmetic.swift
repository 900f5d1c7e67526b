import Language
import VisionEngine

/// An operator between tensors, and between a tensor and a number on either side.
private func operatorRows(
    _ name: String, _ summary: String, example: String,
    _ both: @escaping (Tensor, Tensor) throws -> Tensor,
    right: @escaping (Tensor, TensorOperand) throws -> Tensor,
    left: @escaping (TensorOperand, Tensor) throws -> Tensor
) -> [Binding] {
    let note = "shapes broadcast"
    return [
        Binding.operator(
            name, arg("a", Tensor.self, label: nil), arg("b", Tensor.self, label: nil, note),
            summary: summary, example: example
        ) { a, b in try both(a, b) },
        Binding.operator(
            name, arg("a", Tensor.self, label: nil), arg("b", TensorOperand.self, label: nil),
            summary: summary, example: example
        ) { a, b in try right(a, b) },
        Binding.operator(
            name, arg("a", TensorOperand.self, label: nil), arg("b", Tensor.self, label: nil),
            summary: summary, example: example
        ) { a, b in try left(a, b) },
    ]
}

/// Arithmetic, element by element, shapes broadcast.
@RowBuilder func tensorArithmeticRows() -> [Binding] {
    operatorRows(
        "+", "The sum, element by element.", example: "1 + Tensor([1, 2])",
        { try Tensor.adding($0, $1) }, right: { try Tensor.adding($0, $1) },
        left: { try Tensor.adding($1, $0) })
    operatorRows(
        "-", "The difference, element by element.", example: "2 - Tensor([1, 2])",
        { try Tensor.subtracting($0, $1) }, right: { try Tensor.subtracting($0, $1) },
        left: { try Tensor.subtracting($0, $1) })
    operatorRows(
        "*", "The product, element by element.", example: "Tensor([1, 2]) * Tensor([3, 4])",
        { try Tensor.multiplying($0, $1) }, right: { try Tensor.multiplying($0, $1) },
        left: { try Tensor.multiplying($1, $0) })
    operatorRows(
        "/", "The quotient, element by element; whole numbers give float32.",
        example: "Tensor([1, 2]) / 2",
        { try Tensor.dividing($0, $1) }, right: { try Tensor.dividing($0, $1) },
        left: { try Tensor.dividing($0, $1) })
    operatorRows(
        "**", "The power, element by element.", example: "Tensor([1, 2]) ** 2",
        { try Tensor.power($0, $1) }, right: { try Tensor.power($0, $1) },
        left: { try Tensor.power($0, $1) })
    Binding.operator(
        "-", arg("a", Tensor.self, label: nil), summary: "The negative of every element.",
        example: "-Tensor([1, 2])"
    ) { a in try a.negated() }
    Binding.operator(
        "•", arg("a", Tensor.self, label: nil, "[..., M, K]"),
        arg("b", Tensor.self, label: nil, "[..., K, N]"),
        summary: "The matrix product, [..., M, N].",
        example: "Tensor.ones([2, 3]) • Tensor.ones([3, 2])"
    ) { a, b in try Tensor.matmul(a, b) }
    Binding.method(
        "matmul", of: Tensor.self, arg("other", Tensor.self, label: nil, "[..., K, N]"),
        summary: "The matrix product, as •.",
        example: "Tensor.ones([2, 3]).matmul(Tensor.ones([3, 2]))"
    ) { a, b in try a.matmul(b) }
    Binding.function(
        "einsum", arg("equation", String.self, label: nil, "a letter for each axis"),
        arg("operands", Variadic<Tensor>.self, label: nil),
        summary: "Sums of products over the axes whose letters the result leaves out.",
        example: "einsum(\"ij,jk->ik\", Tensor.ones([2, 3]), Tensor.ones([3, 4]))"
    ) { equation, operands in try einsum(equation, operands.values) }
}

/// Comparisons, element by element, giving bool tensors.
@RowBuilder func tensorComparisonRows() -> [Binding] {
    operatorRows(
        ".<", "Whether it is less, element by element.", example: "Tensor([1, 2]) .< 2",
        { try Tensor.less($0, $1) }, right: { try Tensor.less($0, $1) },
        left: { try Tensor.greater($1, $0) })
    operatorRows(
        ".<=", "Whether it is at most, element by element.", example: "Tensor([1, 2]) .<= 1.5",
        { try Tensor.lessOrEqual($0, $1) }, right: { try Tensor.lessOrEqual($0, $1) },
        left: { try Tensor.greaterOrEqual($1, $0) })
    operatorRows(
        ".>", "Whether it is greater, element by element.", example: "Tensor([1, 2]) .> 1",
        { try Tensor.greater($0, $1) }, right: { try Tensor.greater($0, $1) },
        left: { try Tensor.less($1, $0) })
    operatorRows(
        ".>=", "Whether it is at least, element by element.", example: "2 .>= Tensor([1, 2])",
        { try Tensor.greaterOrEqual($0, $1) }, right: { try Tensor.greaterOrEqual($0, $1) },
        left: { try Tensor.lessOrEqual($1, $0) })
    operatorRows(
        ".==", "Whether it is equal, element by element.",
        example: "Tensor([1, 2]) .== Tensor([1, 3])",
        { try Tensor.equal($0, $1) }, right: { try Tensor.equal($0, $1) },
        left: { try Tensor.equal($1, $0) })
    operatorRows(
        ".!=", "Whether it differs, element by element.", example: "Tensor([1, 2]) .!= 2",
        { try Tensor.notEqual($0, $1) }, right: { try Tensor.notEqual($0, $1) },
        left: { try Tensor.notEqual($1, $0) })
    maskRow(
        ".&", "True where both masks are.", example: "let x = Tensor([1, 2, 3])\nx .> 1 .& x .< 3",
        Tensor.logicalAnd)
    maskRow(
        ".|", "True where either mask is.", example: "let x = Tensor([1, 2, 3])\nx .< 2 .| x .> 2",
        Tensor.logicalOr)
    maskRow(
        ".^", "True where one mask is and the other is not.",
        example: "let x = Tensor([1, 2, 3])\nx .> 1 .^ x .> 2", Tensor.logicalXor)
    Binding.operator(
        ".!", arg("a", Tensor.self, label: nil, "a mask"), summary: "True where the mask is not.",
        example: ".!(Tensor([1, 2]) .> 1)"
    ) { a in try a.logicalNot() }
}

/// An operator between two masks.
private func maskRow(
    _ name: String, _ summary: String, example: String,
    _ body: @escaping (Tensor, Tensor) throws -> Tensor
) -> Binding {
    Binding.operator(
        name, arg("a", Tensor.self, label: nil, "a mask"),
        arg("b", Tensor.self, label: nil, "a mask; shapes broadcast"), summary: summary,
        example: example
    ) { a, b in try body(a, b) }
}

/// Operators that tensors do not have: an answer that says what to write, where the language would
/// otherwise know of none, or ask whether both are the same object. The reference leaves them out.
func refusedOperatorRows() -> [Binding] {
    let comparisons = ["==", "!="].map {
        ($0, "compared", "a .\($0) b, or (a .== b).all() for one answer")
    }
    let combinations = ["&", "|", "^"].map {
        ($0, "combined", "a .\($0) b, of masks as x .> 0 gives")
    }
    return (comparisons + combinations).map { name, what, expected in
        Binding.operator(
            name, arg("a", Tensor.self, label: nil), arg("b", Tensor.self, label: nil),
            summary: "Tensors are \(what) element by element, with .\(name)."
        ) { (a: Tensor, b: Tensor) -> Bool in
            throw TensorError(
                .value, name, "tensors are \(what) element by element", expected: expected,
                got: "\(a.spec) \(name) \(b.spec)", operands: [a.spec, b.spec])
        }
    }
}
