import Hosting
import Language
import ScriptTesting
import Testing

private struct Grid: ForeignConvertible {
    var values: [Double]
    static var foreignName: String { "Grid" }
}

private enum Edge: String, ScriptConvertible {
    case same, valid
    static var scriptType: ScriptType { .oneOf("Edge", [.int]) }
    static func fromScript(_ value: Value) -> Edge? {
        guard case .object(let object) = value else { return nil }
        return object.base as? Edge
    }
    var scriptValue: Value { .object(ForeignObject(self, typeName: "Edge")) }
}

private struct Broken: ScriptFault, CustomStringConvertible {
    var faultName: String { "ShapeError" }
    var description: String { "grid: shapes differ" }
}

@Suite struct BindingTests {
    private var library: Library {
        Library(
            types: [
                ForeignType("Grid", Grid.self, description: { "Grid\($0.values)" }),
                ForeignType("Edge", Edge.self),
            ],
            bindings: [
                .initializer(of: Grid.self, arg("values", [Double].self, label: nil)) {
                    Grid(values: $0)
                },
                .function(
                    "pad", arg("grid", Grid.self, label: nil), arg("by", Int.self, default: 1),
                    arg("edge", Edge.self, default: .valid)
                ) { grid, by, edge in
                    Grid(values: grid.values + [Double(by), edge == .same ? 1 : 0])
                },
                .staticProperty("same", of: Edge.self) { Edge.same },
                .method("taken", of: Grid.self, arg("indices", Variadic<Int>.self, label: nil)) {
                    grid, indices in
                    Grid(values: indices.values.map { grid.values[$0] })
                },
                .property(
                    "first", of: Grid.self, get: { $0.values[0] },
                    set: { (grid: inout Grid, value: Double) in grid.values[0] = value }),
                .operator("+", arg("a", Grid.self, label: nil), arg("b", Double.self, label: nil)) {
                    a, b in
                    Grid(values: a.values.map { $0 + b })
                },
                .operator("-", arg("a", Grid.self, label: nil)) {
                    Grid(values: $0.values.map { -$0 })
                },
                .subscript(
                    of: Grid.self, arg("index", Int.self, label: nil),
                    get: { grid, i in grid.values[i] },
                    set: { (grid: inout Grid, value: Double, i: Int) in grid.values[i] = value }),
                .function("stacked", arg("grids", Builder<Grid>.self, label: nil)) { block in
                    Grid(values: block.values.flatMap(\.values))
                },
                .method("callAsFunction", of: Grid.self, arg("x", Double.self, label: nil)) {
                    $0.values[0] * $1
                },
                .method("fail", of: Grid.self) { (_: Grid) -> Double in throw Broken() },
                .function("twice", arg("body", ScriptFunction.self, label: nil)) { body in
                    try body.call([])
                },
            ],
            hints: [
                "view": "reshaped(2, 3)", "padding:": "by:", "grid.zeros": "Grid([0, 0])",
                "grid": "Grid",
            ])
    }

    private func shown(_ source: String) throws -> String {
        let result = try Interpreter(library: library).run(
            source, cell: .cell(1), host: Host(output: CollectingSink()))
        return result.value?.debugText ?? "nothing"
    }

    @Test(arguments: [
        ("pad(Grid([1, 2]))", "Grid[1.0, 2.0, 1.0, 0.0]"),
        ("pad(Grid([1]), by: 3, edge: .same)", "Grid[1.0, 3.0, 1.0]"),
        ("Grid([1, 2, 3]).taken(2, 0)", "Grid[3.0, 1.0]"),
        ("var g = Grid([1]); var h = g; h.first = 5; h[0] += 1; (g.first, h.first)", "(1.0, 6.0)"),
        ("Grid([1]) + 2", "Grid[3.0]"), ("-Grid([1])", "Grid[-1.0]"),
        ("let m = Grid([4]); m(2)", "8.0"),
        (
            "stacked { Grid([1]); for i in 2...3 { Grid([Double(i)]) }\n if true { Grid([9]) } }",
            "Grid[1.0, 2.0, 3.0, 9.0]"
        ),
        ("twice { 3 }", "3"), ("let any: Any = Grid([7]); any.first", "7.0"),
    ])
    func rowsAreCalled(_ source: String, _ expected: String) throws {
        #expect(try shown(source) == expected)
    }

    @Test(arguments: [
        ("Grid([1]).fail()", "ShapeError: grid: shapes differ"),
        ("pad(Grid([1]), bi: 2)", "did you mean by:?"), ("pad(3)", "expected Grid, got Int"),
        ("Grid([1]).view(2, 3)", "Grid has no 'view': use reshaped(2, 3)"),
        ("pad(Grid([1]), edge: .sam)", "did you mean .same?"),
        ("pad(Grid([1]), padding: 2)", "pad has no label 'padding:': use by:"),
        ("grid.zeros(2)", "use Grid([2])"), ("grid.zeros()", "use Grid([0, 0])"),
        ("grid.other(2)", "use Grid"),
    ])
    func mistakesAreExplained(_ source: String, _ part: String) {
        let error = #expect(throws: ScriptError.self) { try shown(source) }
        let text = error?.rendered(color: false) ?? ""
        #expect(text.contains(part), "\(text)")
    }

    @Test func defaultsReadAsACallWritesThem() {
        let row = library.bindings.first { $0.name == "pad" }
        #expect(row?.signature == "pad(_ grid: Grid, by: Int = 1, edge: Edge = .valid) -> Grid")
    }

    @Test func errorsShowTheirPlace() {
        let error = #expect(throws: ScriptError.self) { try shown("let a = 1\nlet b = a + \"x\"") }
        #expect(
            error?.rendered(color: false) == """
                TypeError: cannot apply '+' to Int and String
                  In [1], line 2
                  2 | let b = a + "x"
                    |         ^~~~~~~
                  hint: write String(a)
                """)
    }
}
