import Hosting
import Language

extension Command {
    static let help = Command(
        "help", "[NAME]", help: "Lists commands, or tells about a name (?NAME does too)."
    ) { (context) throws(ScriptError) in
        guard !context.argument.isEmpty else { return Answer(pages: [overview]) }
        var topic = context.argument
        if topic.hasPrefix(":") { topic.removeFirst() }
        if let command = named(topic), context.argument.hasPrefix(":") {
            return Answer(pages: [MIMEBundle(plain: command.line(width: 0))])
        }
        let found = context.session.inspect(topic, cursor: topic.unicodeScalars.count, detail: 1)
        if let found { return Answer(pages: [found]) }
        if let command = named(topic) {
            return Answer(pages: [MIMEBundle(plain: command.line(width: 0))])
        }
        throw .command(":help: nothing is known about '\(topic)'")
    }

    static let documentation = Command(
        "doc", "NAME", help: "Shows the documentation of a name with its example."
    ) { (context) throws(ScriptError) in
        let topic = context.argument
        guard
            let found = context.session.inspect(
                topic, cursor: topic.unicodeScalars.count, detail: 1)
        else { throw .command(":doc: nothing is known about '\(topic)'") }
        return Answer(pages: [found])
    }

    static let quit = Command("quit", help: "Leaves the prompt, as Ctrl-D does.") {
        (context) throws(ScriptError) in
        // The prompt itself takes it before it comes here.
        throw .command(":quit: there is no prompt to leave here")
    }

    /// Whether a source asks the prompt to end.
    public static func isFarewell(_ source: String) -> Bool {
        [":quit", ":q", ":exit", "quit", "exit", "quit()", "exit()"].contains(source.trimmed)
    }

    static let type = Command(
        "type", "EXPR", takesCode: true, help: "Evaluates an expression and shows its type."
    ) { (context) throws(ScriptError) in
        let evaluation = context.evaluation
        let result = try context.session.interpreter.run(
            context.argument, cell: evaluation.name, host: evaluation.host)
        guard result.value != nil else {
            throw .command(":type: expected an expression with a value, got a statement")
        }
        return Answer(result: MIMEBundle(plain: result.typeName))
    }

    static let time = Command(
        "time", "EXPR", takesCode: true, help: "Runs code and says how long it took."
    ) { (context) throws(ScriptError) in
        let stopwatch = Stopwatch()
        let answer = try context.session.evaluate(context.argument, context.evaluation)
        context.print("took \(ProgressLine.preciseDuration(stopwatch.seconds))")
        return answer
    }

    static let variables = Command("vars", help: "Lists the variables with their types.") {
        (context) in
        let variables = context.session.interpreter.variables()
        guard !variables.isEmpty else {
            context.print("no variables yet")
            return Answer()
        }
        let names = variables.map(\.name.count).max() ?? 0
        let types = min(40, variables.map(\.type.count).max() ?? 0)
        for variable in variables {
            let value = variable.summary.split(separator: "\n").first ?? ""
            let short = value.count > 60 ? value.prefix(59) + "…" : value
            context.print(
                "\(variable.name.padded(to: names))  \(variable.type.padded(to: types))  \(short)")
        }
        return Answer()
    }

    static let load = Command(
        "load", "FILE", takesFile: true, help: "Runs a Swift file in this session."
    ) { (context) throws(ScriptError) in
        let path = FilePath.expanded(context.argument)
        let source: String
        do throws(FileError) {
            source = try TextFile.text(of: path)
        } catch {
            throw .command(":load: \(error)")
        }
        let name = CellName(String(path.split(separator: "/").last ?? "file"))
        _ = try context.session.evaluate(
            source, Evaluation(name: name, host: context.evaluation.host))
        context.session.remember(source)
        return Answer()
    }

    static let save = Command(
        "save", "FILE", takesFile: true, help: "Writes the cells that worked to a Swift file."
    ) { (context) throws(ScriptError) in
        let cells = context.session.sources
        let path = FilePath.expanded(context.argument)
        let text = cells.map { $0.trimmed + "\n" }.joined(separator: "\n")
        do throws(FileError) {
            try TextFile.write(text, to: path)
        } catch {
            throw .command(":save: \(error)")
        }
        context.print("\(cells.count) \(cells.count == 1 ? "cell" : "cells") written to \(path)")
        return Answer()
    }

    static let reset = Command(
        "reset", help: "Forgets every variable, function and type."
    ) { (context) throws(ScriptError) in
        guard !context.session.interpreter.isRunning else {
            throw .command(":reset: another cell is running")
        }
        let count = context.session.interpreter.variables().count
        context.session.reset()
        context.print("forgot \(count) \(count == 1 ? "variable" : "variables")")
        return Answer()
    }

    static let history = Command(
        "history", "[WHAT]",
        help: "Lists earlier cells: a number of them, or by pattern."
    ) { (context) throws(ScriptError) in
        guard let history = context.session.history else {
            throw .command(":history: this session keeps none")
        }
        let argument = context.argument
        let entries: [History.Entry]
        if argument.isEmpty || Int(argument) != nil {
            entries = history.tail(max(0, Int(argument) ?? 20))
        } else {
            let pattern =
                argument.contains("*") || argument.contains("?") ? argument : "*\(argument)*"
            entries = history.search(pattern, count: 50)
        }
        for entry in entries {
            let lines = entry.source.split(separator: "\n", omittingEmptySubsequences: false)
            let label = "\(entry.session)/\(entry.line)"
            context.print("\(label.padded(to: 8)) \(lines.joined(separator: "\n         "))")
        }
        return Answer()
    }

    /// The page that lists the commands.
    private static var overview: MIMEBundle {
        let width = all.map(\.usage.count).max() ?? 0
        let lines = all.map { $0.line(width: width) }
        return MIMEBundle(
            plain: (lines + ["", notes]).joined(separator: "\n"))
    }

    private static let notes = """
        A ';' at the end shows nothing. _ is the last result, _3 that of In [3].
        """

    private var usage: String { arguments.isEmpty ? ":\(name)" : ":\(name) \(arguments)" }

    private func line(width: Int) -> String { "\(usage.padded(to: width))  \(help)" }
}

extension String {
    /// The text with spaces after it up to a width.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
