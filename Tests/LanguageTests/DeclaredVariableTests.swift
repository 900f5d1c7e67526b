import Language
import Testing

@Suite struct DeclaredVariableTests {
    @Test(arguments: [
        ("let a = 3", "Int"), ("let a = -3", "Int"), ("let a = 0.5", "Double"),
        ("let a = -1e3", "Double"), ("let a = \"x\"", "String"), ("let a = true", "Bool"),
        ("let a = [1, 2]", "[Int]"), ("let a = [1, 2.5]", "[Double]"),
        ("let a = [[1], [2]]", "[[Int]]"), ("let a = [\"k\": 1]", "[String: Int]"),
        ("let a: Float = 3", "Float"), ("let a: [String: Any] = [:]", "[String: Any]"),
        ("let a: Int? = nil", "Int?"), ("let a = []", nil), ("let a = f(1)", nil),
        ("let a = [1, \"x\"]", nil), ("let a = 1 + 2", nil), ("let a: Int", "Int"),
    ])
    func typesComeFromAnnotationsAndLiterals(source: String, type: String?) {
        #expect(
            DeclaredVariable.all(in: source) == [
                DeclaredVariable(name: "a", isVar: false, type: type)
            ])
    }

    @Test func onlyTheTopLevelCounts() {
        let source = """
            // let no = 1
            var a = 1, `in`: Double = 2
            if true { let inner = 3 }
            func f() { let local = 4 }
            let (x, y) = (1, 2)
            let broken =
            """
        #expect(
            DeclaredVariable.all(in: source).map(\.name).prefix(2) == ["a", "in"])
        #expect(DeclaredVariable.all(in: source).prefix(2).allSatisfy { $0.isVar })
        #expect(
            !DeclaredVariable.all(in: source).contains {
                ["no", "inner", "local"].contains($0.name)
            })
        #expect(DeclaredVariable.all(in: "").isEmpty)
    }
}
