import Foundation
import NotebookRunner
import Testing

@Suite struct ParameterTests {
    // What PyYAML has for these texts, but for the YAML 1.1 words `yes` and `on`.
    static let values: [(String, JSON)] = [
        ("n=3", JSON.integer("3")), ("n=-07", .integer("-7")), ("n=+5", .integer("5")),
        ("n=-0", .integer("0")), ("n=0x1F", .integer("31")), ("n=0o17", .integer("15")),
        ("n=0.5", .double(0.5)), ("n=1e-3", .double(0.001)), ("n=5.", .double(5)),
        ("n=.5", .double(0.5)), ("n=-.inf", .double(-.infinity)), ("n=true", .bool(true)),
        ("n=null", .null), ("n=~", .null), ("n=", .null), ("n=yes", .string("yes")),
        ("n=a: b", .string("a: b")), ("n=\"3\"", .string("3")), ("n='x y'", .string("x y")),
        ("n=a=b", .string("a=b")), ("n=[1, a, 2.5]", [1, "a", .double(2.5)]),
        ("n={a: 1, b: [true]}", ["a": 1, "b": [true]]), ("n=1.2.3", .string("1.2.3")),
        ("n=2024-01-02", .string("2024-01-02")),
    ]

    @Test(arguments: values)
    func argumentsAreReadAsYAML(argument: String, value: JSON) throws {
        let parameter = try Parameter(argument: argument)
        #expect(parameter.name == "n")
        #expect(parameter.value == value)
    }

    @Test(arguments: [
        ("epochs", "expected name=value, got 'epochs'"), ("=3", "'' is no name of a variable"),
        ("a b=3", "'a b' is no name of a variable"), ("3=x", "'3' is no name of a variable"),
        (
            "n=[1, 2",
            "n=[1, 2: YAML, line 1, column 6: did not find expected ',' or ']'"
        ),
        ("n={a: 1, a: 2}", "n={a: 1, a: 2}: YAML, line 1, column 8: 'a' is given twice"),
        ("n=[*x]", "n=[*x]: YAML, line 1, column 2: the anchor 'x' is not known"),
    ])
    func whatIsNoParameterIsRefused(argument: String, message: String) {
        #expect {
            try Parameter(argument: argument)
        } throws: { error in
            String(describing: error) == message
        }
    }

    @Test func depthAndSizeHaveLimits() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: ParameterError.self) { try Parameter(argument: "n=\(deep)") }
        let lines = (1...40).map { "- &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
        let path = NSTemporaryDirectory() + UUID().uuidString
        let text = "n:\n- &a0 x\n" + lines.joined(separator: "\n")
        #expect(throws: Never.self) {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect {
            try Parameter.all(inFile: path)
        } throws: { error in
            String(describing: error).hasSuffix("more than 100000 values")
        }
    }

    @Test func aFileHasNamesWithValues() throws {
        let folder = try RunFolder()
        let path = folder.path + "/p.yaml"
        try "# run\nepochs: 3\nnames: &n [a, b]\nagain: *n\ntable:\n  k: 0.5\n".write(
            toFile: path, atomically: true, encoding: .utf8)
        #expect(
            try Parameter.all(inFile: path) == [
                Parameter("epochs", 3), Parameter("names", ["a", "b"]),
                Parameter("again", ["a", "b"]), Parameter("table", ["k": .double(0.5)]),
            ])
        try "- 1\n".write(toFile: path, atomically: true, encoding: .utf8)
        #expect {
            try Parameter.all(inFile: path)
        } throws: { error in
            String(describing: error) == "\(path): expected names with values, as 'epochs: 3'"
        }
    }

    /// The cell that is put into a notebook whose tagged cell has a source.
    private func injected(_ source: String?, _ arguments: [String]) throws -> String {
        let folder = try RunFolder()
        var notebook = folder.notebook(
            [source ?? "1"], tags: source == nil ? [:] : [0: ["parameters"]])
        _ = try notebook.inject(arguments.map { try Parameter(argument: $0) })
        let cell = notebook.cells[source == nil ? 0 : 2]
        #expect(cell.tags == ["injected-parameters"])
        #expect(cell.fields["id"]?.text == "injected-parameters")
        return cell.source
    }

    @Test func valuesAreDeclaredAsTheirDefaultsAre() throws {
        let source = """
            let rate = 0.1  // of learning
            var epochs = 3, batch: Int = 64
            let sizes = [1, 2.5]
            let label: String? = nil
            let `in` = "x"
            """
        let arguments = [
            "rate=1", "epochs=5", "batch=32", "sizes=[4, 5]", "label=null", "in=y",
        ]
        #expect(
            try injected(source, arguments) == """
                // Parameters
                let rate: Double = 1
                var epochs = 5
                var batch = 32
                let sizes: [Double] = [4, 5]
                let label: String? = nil
                let `in` = "y"
                """)
    }

    @Test func valuesWithoutADefaultSayTheirTypeWhereTheyHaveTo() throws {
        let arguments = [
            "a=1", "b=text \"\\(x)\"\n", "c=null", "d=[]", "e=[1, x, [2, y], null]", "f={}",
            "g={k: [1, 2.5]}", "h=.nan",
        ]
        #expect(
            try injected(nil, arguments) == #"""
                // Parameters
                let a = 1
                let b = "text \"\\(x)\"\n"
                let c: Any? = nil
                let d: [Any] = []
                let e: [Any?] = [1, "x", [2, "y"] as [Any], nil]
                let f: [String: Any] = [:]
                let g: [String: [Double]] = ["k": [1, 2.5]]
                let h = Double.nan
                """#)
    }

    @Test func anInjectedCellIsReplaced() throws {
        let folder = try RunFolder()
        var notebook = folder.notebook(["let n = 1", "n"], tags: [0: ["parameters"]])
        #expect(try notebook.inject([Parameter("n", 2)]) == [])
        #expect(
            try notebook.inject([Parameter("m", 3)]) == [
                "the cell tagged 'parameters' declares no 'm'"
            ])
        #expect(
            notebook.cells.map(\.source) == [
                "# Title", "let n = 1", "// Parameters\nlet m = 3", "n",
            ])
        #expect(try notebook.inject([]) == [])
        #expect(throws: ParameterError.self) {
            try notebook.inject([Parameter("n", .integer("9223372036854775808"))])
        }
    }

    @Test func aRunUsesThem() throws {
        let folder = try RunFolder()
        let path = try folder.write(
            ["let n = 1\nlet rate = 0.5", "print(n, rate / 2)"], tags: [0: ["parameters"]])
        let output = folder.path + "/out.ipynb"
        let parameters = [try Parameter("n", 7), try Parameter("rate", 1)]
        let report = folder.run(
            .init(notebooks: [path], destination: .file(output), parameters: parameters)
        ).run()
        #expect(report.exitCode == 0)
        let cells = try Notebook(contentsOf: output).cells
        #expect(cells[3].outputs == [.stream(.standardOutput, "7 0.5\n")])
    }
}
