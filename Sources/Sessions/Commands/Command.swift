import Hosting
import Language

/// One thing a session does besides running code. Dispatch, help and completion read these rows.
public struct Command: Sendable {
    /// What follows the colon.
    public let name: String
    /// How its arguments are written, such as `[NAME]`; empty without any.
    public let arguments: String
    /// One sentence.
    public let help: String

    /// Whether the argument is code, which may have many lines.
    let takesCode: Bool
    /// Whether the argument names a file.
    let takesFile: Bool
    let run: @Sendable (CommandContext) throws(ScriptError) -> Answer

    init(
        _ name: String, _ arguments: String = "", takesCode: Bool = false, takesFile: Bool = false,
        help: String, run: @escaping @Sendable (CommandContext) throws(ScriptError) -> Answer
    ) {
        self.name = name
        self.arguments = arguments
        self.takesCode = takesCode
        self.takesFile = takesFile
        self.help = help
        self.run = run
    }

    /// Every command, in the order help lists them.
    public static let all: [Command] = [
        help, documentation, type, shape, time, variables, load, save, reset, history, quit,
    ]

    static func named(_ name: String) -> Command? { all.first { $0.name == name } }
}

/// What a command works with.
struct CommandContext {
    var session: Session
    var argument: String
    var evaluation: Evaluation

    /// Prints to the cell's standard output.
    func print(_ text: String) {
        evaluation.host.output.emit(.text(text + "\n", stream: .standardOutput))
    }
}

extension Session {
    /// Runs a command inside the present cell.
    func run(_ call: CommandCall, _ evaluation: Evaluation) throws(ScriptError) -> Answer {
        guard let command = Command.named(call.name) else { throw Self.unknown(call.name) }
        let isRequired = !command.arguments.isEmpty && !command.arguments.hasPrefix("[")
        if isRequired && call.argument.isEmpty {
            throw .command(
                ":\(command.name): the argument is missing, expected :\(command.name) "
                    + command.arguments)
        }
        if command.arguments.isEmpty && !call.argument.isEmpty {
            throw .command(
                ":\(command.name): expected no argument, got '\(call.argument)'")
        }
        if !command.takesCode && call.argument.contains(where: \.isNewline) {
            throw .command(":\(command.name): expected one line; code goes into a cell of its own")
        }
        return try command.run(
            CommandContext(session: self, argument: call.argument, evaluation: evaluation))
    }

    private static func unknown(_ name: String) -> ScriptError {
        var error = ScriptError.command("there is no command ':\(name)'")
        let nearest = Command.all.map { ($0.name, Spelling.distance($0.name, name)) }
            .min { $0.1 < $1.1 }
        if let (candidate, distance) = nearest, distance <= 2 || candidate.hasPrefix(name) {
            error.suggestion = "did you mean ':\(candidate)'?"
        } else {
            error.suggestion = "':help' lists the commands"
        }
        return error
    }
}

extension ScriptError {
    /// A command that cannot be carried out.
    static func command(_ message: String) -> ScriptError {
        ScriptError(Kind(rawValue: "CommandError"), message)
    }
}

/// How far apart two spellings are.
enum Spelling {
    /// The fewest letters to insert, leave out, change or swap with their neighbour.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.lowercased())
        let right = Array(right.lowercased())
        var before = [Int](repeating: 0, count: right.count + 1)
        var row = Array(0...right.count)
        for i in left.indices {
            var next = [i + 1]
            for j in right.indices {
                var cost = min(row[j + 1], next[j]) + 1
                cost = min(cost, row[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, before[j - 1] + 1)
                }
                next.append(cost)
            }
            before = row
            row = next
        }
        return row[right.count]
    }
}
