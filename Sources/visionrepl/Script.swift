import Sessions

/// Source that runs from beginning to end without a person: a file, a pipe, an argument.
struct Script {
    var session: Session
    var output: TerminalOutput
    var interpreter: InterpreterThread
    var signals: SignalRouter

    /// Runs it and gives the process's exit status; an error goes to standard error.
    func run(_ source: String, name: String, showsValue: Bool) -> Int32 {
        signals.isRunning.value.store(true, ordering: .sequentiallyConsistent)
        let outcome = interpreter.run { [session, output] in
            session.execute(source, storeHistory: false, output: output, cellName: name)
        }
        switch outcome {
        case .success(_, let result, let pages):
            if showsValue, let result { output.show(result) }
            for page in pages { output.show(page) }
            output.finish()
            return ExitStatus.success
        case .failure(_, let error):
            output.show(error)
            let isStopped = signals.wasInterrupted && error.name == "Interrupted"
            return isStopped ? ExitStatus.interrupted : ExitStatus.failure
        }
    }

    /// Runs a file; 2 where it cannot be read.
    func run(file path: String) -> Int32 {
        do throws(FileError) {
            let source = try TextFile.text(of: path)
            return run(source, name: path, showsValue: false)
        } catch {
            output.say("visionrepl: \(error)")
            return ExitStatus.usage
        }
    }

    /// Runs what comes through standard input, whole, so that errors name the right line.
    func runStandardInput() -> Int32 {
        do throws(FileError) {
            let source = try TextFile.text(of: "/dev/stdin")
            return run(source, name: "standard input", showsValue: false)
        } catch {
            output.say("visionrepl: \(error)")
            return ExitStatus.usage
        }
    }
}
