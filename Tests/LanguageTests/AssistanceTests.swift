import Hosting
import Language
import ScriptTesting
import Testing

@Suite struct AssistanceTests {
    private func interpreter(after cells: String...) throws -> Interpreter {
        let interpreter = Interpreter(library: Library())
        for (index, cell) in cells.enumerated() {
            _ = try interpreter.run(
                cell, cell: .cell(index + 1), host: Host(output: CollectingSink()))
        }
        return interpreter
    }

    @Test(arguments: [
        ("let x = 1", true, ""), ("func f() {", false, "    "), ("let a = [1,", false, "    "),
        ("print(", false, "    "), ("    if true {", false, "        "), ("1 +", false, ""),
        ("let s = \"\"\"\nabc", false, ""), ("f(1) { x in", false, "    "),
        ("let f = { (x: Int) in", false, "    "), ("a &&", false, ""), ("let a =", false, ""),
        ("xs.map {", false, "    "), ("let d = [\n    \"a\": 1,", false, "    "),
        ("func f() -> Int", false, ""), ("if x > 1", false, ""), ("struct P", false, ""),
        ("let s = \"\"\"\nit's f'x'", false, ""), ("a ? b :", false, ""),
        ("switch x {\ncase 1:", false, "    "), ("/* not yet", false, ""),
        ("@discardableResult", false, ""), ("print(\"a\") // done", true, ""), ("", true, ""),
        ("func f() { }", true, ""), ("x.map { $0 + 1 }", true, ""),
    ])
    func completenessAsksForMoreLines(_ source: String, _ isComplete: Bool, _ indent: String) {
        switch Interpreter(library: Library()).completeness(of: source) {
        case .complete: #expect(isComplete)
        case .incomplete(let found):
            #expect(!isComplete)
            #expect(found == indent)
        case .invalid(let error): Issue.record("\(error)")
        }
    }

    @Test(arguments: [
        "let x = )", "print(\"abc", "for i in range(3):", "def f(x):", "x = [i for i in xs]",
        "if a and b {", "}",
    ])
    func completenessKnowsWhatNoLineMends(_ source: String) {
        guard case .invalid = Interpreter(library: Library()).completeness(of: source) else {
            Issue.record("expected invalid: \(source)")
            return
        }
    }

    @Test func inspectsVariablesFunctionsAndRows() throws {
        let interpreter = try interpreter(
            after: "let numbers = [1, 2]\n/// Scales.\nfunc scale(_ x: Int) -> Int { x }")
        let variable = try #require(interpreter.inspect("numbers", at: 3))
        #expect(variable.type == "[Int]")
        #expect(variable.value == "[1, 2]")
        let function = try #require(interpreter.inspect("scale(1)", at: 2))
        #expect(function.signatures == ["func scale(_ x: Int) -> Int"])
        #expect(function.documentation == "Scales.")
        #expect(interpreter.inspect("print", at: 1)?.signatures.first?.hasPrefix("print(") == true)
        #expect(interpreter.inspect("nothingHere", at: 1) == nil)
    }

    @Test func listsVariablesAndForgetsThem() throws {
        let interpreter = try interpreter(after: "let a = 1", "var b = \"x\"")
        #expect(interpreter.variables().map(\.name) == ["a", "b"])
        #expect(interpreter.variables().map(\.summary) == ["1", "\"x\""])
        interpreter.reset()
        #expect(interpreter.variables().isEmpty)
        #expect(throws: ScriptError.self) {
            try interpreter.run("a", cell: "x", host: Host(output: CollectingSink()))
        }
    }
}
