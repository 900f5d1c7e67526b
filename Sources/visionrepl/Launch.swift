import ArgumentParser
import Glibc
import Language
import Sessions

/// Puts the parts together for what the command line asks.
enum Launch {
    /// Runs to the end and gives the process's exit status.
    static func run() -> Int32 {
        // Before any other thread, so that every thread leaves Ctrl-C to the router.
        let signals = SignalRouter()
        let command: VisionREPL
        do {
            command = try VisionREPL.parse()
        } catch {
            return explain(error)
        }
        let output = TerminalOutput(TerminalOutput.Style(picture: Pictures.draw))
        let isPrompt = command.mode == .prompt
        let session = Session(
            library: ScriptLibrary.make(
                arguments: [command.file ?? "visionrepl"] + command.arguments),
            history: isPrompt ? History(frontEnd: "repl") : nil, frontEnd: "repl",
            explain: ScriptLibrary.explain)
        signals.attach(session)
        let interpreter = InterpreterThread()
        let script = Script(
            session: session, output: output, interpreter: interpreter, signals: signals)
        switch command.mode {
        case .code(let source): return script.run(source, name: "-e", showsValue: true)
        case .file(let path): return script.run(file: path)
        case .standardInput: return script.runStandardInput()
        case .prompt:
            Prompt(session: session, output: output, interpreter: interpreter, signals: signals)
                .run(initFile: command.noInit ? nil : ConfigFolder.initFile)
            return ExitStatus.success
        }
    }

    /// Prints help where it was asked for, or what is wrong with the arguments.
    private static func explain(_ error: any Error) -> Int32 {
        let isHelp = VisionREPL.exitCode(for: error) == .success
        let text = VisionREPL.fullMessage(for: error) + "\n"
        TextFile.writeAll(Array(text.utf8), to: isHelp ? STDOUT_FILENO : STDERR_FILENO)
        return isHelp ? ExitStatus.success : ExitStatus.usage
    }
}
