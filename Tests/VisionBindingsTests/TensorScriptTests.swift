import Language
import Testing

/// Tensors as scripts write them.
@Suite struct TensorScriptTests {
    @Test(arguments: [
        ("Tensor([[1, 2], [3, 4]])", "[[1.0, 2.0],\n [3.0, 4.0]]"),
        ("Tensor([1, 2], dtype: .int32)", "[1, 2]"),
        ("Tensor([true, false])", "[true, false]"),
        ("Tensor([1, 2.5])", "[1.0, 2.5]"),
        ("Tensor(3).shape", "[]"),
        ("Tensor([[], []]).shape", "[2, 0]"),
        ("Tensor.arange(0, 10, step: 2)", "[0.0, 2.0, 4.0, 6.0, 8.0]"),
        ("Tensor.full([2], 7, dtype: .int64)", "[7, 7]"),
        ("Tensor([1.9, -1.9], dtype: .int32)", "[1, -1]"),
        ("Tensor([9007199254740993], dtype: .int64)", "[9007199254740993]"),
        ("let n = 2; let rows = [[n, 1], [0, n]]; Tensor(rows)", "[[2.0, 1.0],\n [0.0, 2.0]]"),
    ])
    func prints(source: String, expected: String) throws {
        #expect(try Session().run(source) == expected)
    }

    @Test(arguments: [
        ("Tensor([1, 2]) + 1", "[2.0, 3.0]"),
        ("1 + Tensor([1, 2])", "[2.0, 3.0]"),
        ("2 - Tensor([1, 2])", "[1.0, 0.0]"),
        ("1.5 * Tensor([1, 2])", "[1.5, 3.0]"),
        ("Tensor([1, 2]) / 2", "[0.5, 1.0]"),
        ("6 / Tensor([1, 2])", "[6.0, 3.0]"),
        ("-Tensor([1, 2])", "[-1.0, -2.0]"),
        ("Tensor([1, 2, 3]) ** 2", "[1.0, 4.0, 9.0]"),
        ("2 ** Tensor([1, 2, 3])", "[2.0, 4.0, 8.0]"),
        ("Tensor([1, 2], dtype: .int32) + 1", "[2, 3]"),
        ("Tensor([1, 2], dtype: .int32) + 0.5", "[1.5, 2.5]"),
        ("Tensor([1, 2], dtype: .int32) * Tensor([0.5, 0.5])", "[0.5, 1.0]"),
        ("Tensor([[1, 2], [3, 4]]) • Tensor([[1], [1]])", "[[3.0],\n [7.0]]"),
        ("Tensor([1, 2, 3]) .> 1", "[false, true, true]"),
        ("2 .> Tensor([1, 2, 3])", "[true, false, false]"),
        ("2 .<= Tensor([1, 2, 3])", "[false, true, true]"),
        ("Tensor([1, 2]) .== Tensor([1, 3])", "[true, false]"),
        ("Tensor([1, 2], dtype: .int64) .!= 2", "[true, false]"),
        ("let n = 3; Tensor([1, 2]) * n", "[3.0, 6.0]"),
        ("var x = Tensor([1, 2]); x += 1; x *= Tensor([2, 3]); x", "[4.0, 9.0]"),
        ("Tensor([1, 2]) + Tensor([1, 2]) * 2 ** 2", "[5.0, 10.0]"),
    ])
    func calculates(source: String, expected: String) throws {
        #expect(try Session().run(source) == expected)
    }

    @Test(arguments: [
        ("x[0]", "[0.0, 1.0, 2.0, 3.0]"),
        ("x[-1]", "[8.0, 9.0, 10.0, 11.0]"),
        ("x[0, 1...]", "[1.0, 2.0, 3.0]"),
        ("x[0, 1...2]", "[1.0, 2.0]"),
        ("x[1..., 0]", "[4.0, 8.0]"),
        ("x[..<1, ...1]", "[[0.0, 1.0]]"),
        ("x[.ellipsis, 0..<2].shape", "[3, 2]"),
        ("x[..., 0]", "[0.0, 4.0, 8.0]"),
        ("x[.newAxis, 0...].shape", "[1, 3, 4]"),
        ("x[.stride(from: 0, to: 3, by: 2), 0]", "[0.0, 8.0]"),
        ("x[.stride(by: -1), 0]", "[8.0, 4.0, 0.0]"),
        ("x[x .> 9]", "[10.0, 11.0]"),
        ("x[Tensor([2, 0], dtype: .int64), 1]", "[9.0, 1.0]"),
        ("let i = 1; x[i, i]", "5.0"),
    ])
    func reads(source: String, expected: String) throws {
        let session = Session()
        try session.run("let x = Tensor.arange(0, 12).reshaped(3, 4)")
        #expect(try session.run(source) == expected)
    }

    @Test(arguments: [
        ("x[0, 1] = 5", "[[0.0, 5.0],\n [2.0, 3.0]]"),
        ("x[0] = Tensor([7, 8])", "[[7.0, 8.0],\n [2.0, 3.0]]"),
        ("x[x .> 1] = 0", "[[0.0, 1.0],\n [0.0, 0.0]]"),
        ("x[.ellipsis, 0] = -1.5", "[[-1.5, 1.0],\n [-1.5, 3.0]]"),
        ("x[1] += 1", "[[0.0, 1.0],\n [3.0, 4.0]]"),
    ])
    func writes(source: String, expected: String) throws {
        let session = Session()
        try session.run("var x = Tensor.arange(0, 4).reshaped(2, 2)\nlet before = x")
        try session.run(source)
        #expect(try session.run("x") == expected)
        #expect(try session.run("before") == "[[0.0, 1.0],\n [2.0, 3.0]]")
    }

    @Test func aPartOfATensorIsAValue() throws {
        let text = try Session().run(
            "let x = Tensor.zeros([2, 2])\nvar y = x[0]\ny[0] = 5\nprint(x)\ny")
        #expect(text == "[5.0, 0.0]")
    }

    @Test(arguments: [
        ("Tensor([2.5]).item()", "2.5"),
        ("Tensor([[1, 2]], dtype: .int32).array()", "[[1, 2]]"),
        ("Tensor([[0.5], [1]]).array()", "[[0.5], [1.0]]"),
        ("Tensor([[true]]).array()", "[[true]]"),
        ("Tensor.zeros([2, 0]).array()", "[[], []]"),
        ("Tensor.zeros([0, 2]).array()", "[]"),
        ("Tensor([1]).dtype == .float32", "true"),
        ("let (v, i) = Tensor([3, 1, 2]).topK(2); i", "[0, 2]"),
        ("Tensor([3, 1, 2]).topK(2).values", "[3.0, 2.0]"),
        ("Tensor.arange(0, 6).split(parts: 3, axis: 0).count", "3"),
        ("let s = [3, 2]; Tensor.arange(0, 6).reshaped(s).shape", "[3, 2]"),
        ("which(Tensor([1, -2]) .> 0, Tensor([1, -2]), 0)", "[1.0, 0.0]"),
        ("gradient(of: { ($0 ** 2).sum() }, at: Tensor([1, 2]))", "[2.0, 4.0]"),
        (
            "let x = Tensor([2]); x.requiresGradient = true; (x ** 3).sum().backward(); x.gradient!",
            "[12.0]"
        ),
        (
            "let x = Tensor([2]); x.requiresGradient = true; withoutGradient { x * 2 }.requiresGradient",
            "false"
        ),
    ])
    func answers(source: String, expected: String) throws {
        #expect(try Session().run(source) == expected)
    }

    @Test func seedMakesTensorsAndNumbersRepeatable() throws {
        let session = Session()
        let draw = "seed(7); print(Tensor.rand([2]).array(), Int.random(in: 0..<1_000_000))"
        try session.run(draw)
        let first = session.output.text
        try session.run(draw)
        #expect(session.output.text == first + first)
    }
}
