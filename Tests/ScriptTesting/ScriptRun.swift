import Foundation
import Hosting
import Language

/// One program of a script, run in an interpreter of its own.
///
/// What it should do stands in its comments:
///
///     print(1 + 1) // expect: 2
///     nope         // expect error: there is no 'nope' here
///     1 == 2       // expect warning: is not used
///     // cell
///
/// Every line it prints has an `expect`. An error is expected in part, and so is a warning. After
/// `// cell` on a line of its own comes the next cell of the same session.
public struct ScriptRun {
    private let source: String
    private var output: [String] = []
    private var errors = ""
    private var warnings: [String] = []

    public init(_ source: String, library: Library = Library()) {
        self.source = source
        let sink = CollectingSink()
        let host = Host(output: sink)
        let interpreter = Interpreter(library: library)
        for (index, cell) in source.components(separatedBy: "// cell\n").enumerated() {
            do throws(ScriptError) {
                let result = try interpreter.run(cell, cell: .cell(index + 1), host: host)
                warnings += result.warnings.map(Self.withoutComments)
            } catch {
                errors += Self.withoutComments(error.rendered(color: false)) + "\n"
            }
        }
        output = sink.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if output.last == "" { output.removeLast() }
    }

    /// A text without the comments of the line it quotes, which would always agree.
    private static func withoutComments(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.range(of: "// expect").map { line[..<$0.lowerBound] } ?? line
        }.joined(separator: "\n")
    }

    /// Everything that is not as its comments say.
    public var differences: [String] {
        let lines = comments("expect:")
        let wantedErrors = comments("expect error:")
        let wantedWarnings = comments("expect warning:")
        var result: [String] = []
        if lines.isEmpty, wantedErrors.isEmpty, wantedWarnings.isEmpty {
            result.append("it expects nothing, so it tests nothing")
        }
        if lines != output {
            result.append(
                "it printed\n    \(output.joined(separator: "\n    "))\nin place of\n    "
                    + lines.joined(separator: "\n    "))
        }
        if wantedErrors.isEmpty, !errors.isEmpty { result.append("it failed: \(errors)") }
        for wanted in wantedErrors where !errors.contains(wanted) {
            result.append(
                "no error says '\(wanted)': \(errors.isEmpty ? "there was none" : errors)")
        }
        for wanted in wantedWarnings where !warnings.contains(where: { $0.contains(wanted) }) {
            result.append("no warning says '\(wanted)': \(warnings)")
        }
        return result
    }

    /// The texts after a mark in comments, in the order of the lines.
    private func comments(_ mark: String) -> [String] {
        source.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
            guard let found = line.range(of: "// " + mark) else { return nil }
            let text = line[found.upperBound...]
            return String(text.hasPrefix(" ") ? text.dropFirst() : text)
        }
    }
}
