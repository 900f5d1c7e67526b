import Language
import VisionBindings

/// Everything that the prompt and scripts can name.
enum ScriptLibrary {
    /// The engine's names, and `CommandLine` with these arguments.
    static func make(arguments: [String]) -> Library {
        Library(
            types: visionLibrary.types + [CommandLineRows.type],
            bindings: visionLibrary.bindings + [CommandLineRows.arguments(arguments)],
            hints: visionLibrary.hints, memory: visionLibrary.memory, keep: visionLibrary.keep)
    }

    /// What more can be said about an engine's error.
    @Sendable
    static func explain(_ error: any Error) -> String? { explanation(of: error) }
}
