import Language

/// What a script sees of the way it was started: `CommandLine.arguments`, as Swift has it.
enum CommandLineRows: ForeignConvertible {
    static let foreignName = "CommandLine"

    static let type = ForeignType(
        foreignName, CommandLineRows.self, summary: "How this script was started.")

    static func arguments(_ arguments: [String]) -> Binding {
        .staticProperty(
            "arguments", of: CommandLineRows.self,
            summary: "The script's name and the arguments after it.",
            example: "CommandLine.arguments.count"
        ) { arguments }
    }
}
