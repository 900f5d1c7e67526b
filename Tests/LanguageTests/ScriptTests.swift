import Foundation
import Hosting
import Language
import Testing

/// Runs each script of `Scripts` and compares what it prints with its `// expect:` comments.
///
/// `// expect: text` is one line of output, `// expect error: part` a part of the error the script
/// ends with; `// ---` on a line of its own begins the next case, `// cell` the next cell of one.
@Suite struct ScriptTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Scripts")

    static var scripts: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".swift") }.sorted()
    }

    @Test(arguments: scripts)
    func printsWhatItExpects(_ name: String) throws {
        let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        for (number, source) in text.components(separatedBy: "// ---\n").enumerated() {
            let run = ScriptRun(source)
            #expect(run.output == run.expected, "\(name), case \(number + 1):\n\(source)")
            if let wanted = run.expectedError {
                #expect(
                    run.error?.rendered(color: false).contains(wanted) == true,
                    "\(name), case \(number + 1): \(run.error?.rendered(color: false) ?? "no error")"
                )
            } else {
                #expect(
                    run.error == nil,
                    "\(name), case \(number + 1): \(run.error?.rendered(color: false) ?? "")")
            }
        }
    }

    @Test func thereAreManyCases() throws {
        let count = try Self.scripts.map { name in
            try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
                .components(separatedBy: "// ---\n").count
        }.reduce(0, +)
        #expect(count >= 80)
    }
}

/// One case, run in an interpreter of its own.
struct ScriptRun {
    var output: [String] = []
    let expected: [String]
    let expectedError: String?
    var error: ScriptError?
    var result: CellResult?

    init(_ source: String, library: Library = Library()) {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        func comments(_ mark: String) -> [String] {
            lines.compactMap { line in
                line.range(of: mark).map { String(line[$0.upperBound...]) }
            }
        }
        expected = comments("// expect: ")
        expectedError = comments("// expect error: ").first
        let sink = CollectingSink()
        let host = Host(output: sink)
        let interpreter = Interpreter(library: library)
        for (index, cell) in source.components(separatedBy: "// cell\n").enumerated() {
            do throws(ScriptError) {
                result = try interpreter.run(cell, cell: .cell(index + 1), host: host)
            } catch {
                self.error = error
            }
        }
        var text = sink.text.split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        if text.last == "" { text.removeLast() }
        output = text
    }
}

/// Keeps what a cell writes; read by the test after the cell is done.
final class CollectingSink: OutputSink, @unchecked Sendable {
    // Invariant: written by the thread that runs the cell, read after it.
    var text = ""

    func emit(_ event: OutputEvent) {
        if case .text(let piece, _) = event { text += piece }
        if case .display(let bundle, _) = event { text += bundle.plain + "\n" }
    }

    func readLine(prompt: String, isPassword: Bool) throws -> String? { "typed" }
}
