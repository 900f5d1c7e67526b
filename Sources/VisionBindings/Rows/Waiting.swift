import Language
import VisionEngine

/// Waiting, for time to pass and for a person.
@RowBuilder func waitingRows() -> [Binding] {
    Binding.procedure(
        "sleep", arg("seconds", Double.self, label: nil),
        summary: "Waits so many seconds; an interrupt ends it at once.",
        example: "for n in 0..<3 { print(n); sleep(0.05) }"
    ) { seconds in try VisionEngine.sleep(seconds) }
    Binding.function(
        "readPassword", arg("prompt", String.self, label: nil, default: "Password: "),
        summary: "One line typed by the person and not shown; nil at the end of input.",
        example: "let token = readPassword(\"Token: \")"
    ) { prompt in try readPassword(prompt) }
}
