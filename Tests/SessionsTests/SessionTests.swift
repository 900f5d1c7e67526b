import Hosting
import Language
import Sessions
import Testing

@Suite struct SessionTests {
    let session = Session(library: Library(), history: nil, frontEnd: "test")
    let output = RecordingOutput()

    func run(_ source: String) -> Outcome { session.execute(source, output: output) }

    @Test func theLastExpressionIsTheResult() throws {
        let outcome = run("let x = 6\nx * 7")
        guard case .success(1, let result, let pages) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(result?.plain == "42")
        #expect(pages.isEmpty)
        #expect(session.executionCount == 1)
    }

    @Test func aSemicolonAtTheEndShowsNothing() {
        guard case .success(_, let result, _) = run("40 + 2;") else {
            Issue.record("failed")
            return
        }
        #expect(result == nil)
    }

    @Test func outputArrivesInOrder() {
        _ = run("for i in 0..<3 { print(i) }\nprint(\"a\", terminator: \"\")")
        #expect(output.text() == "0\n1\n2\na")
    }

    @Test func aFailureSaysWhatAndWhere() {
        _ = run("let a = 1")
        guard case .failure(2, let error) = run("let b = a\nb + nope") else {
            Issue.record("no failure")
            return
        }
        #expect(error.name == "NameError")
        #expect(error.cell == "In [2]")
        #expect(error.line == 2)
        #expect(error.rendered.hasPrefix("NameError: "))
        #expect(error.rendered.contains("In [2], line 2"))
        #expect(!error.rendered.contains("\u{1B}"))
        #expect(error.traceback.joined().contains("\u{1B}["))
        #expect(output.text(.standardError).isEmpty)
    }

    @Test func namesOutliveAFailure() {
        _ = run("var kept = 7")
        _ = run("let z = [1, 2][9]")
        guard case .success(_, let result, _) = run("kept") else {
            Issue.record("the variable is gone")
            return
        }
        #expect(result?.plain == "7")
    }

    @Test func silentCellsLeaveNoTrace() {
        let silent = session.execute("print(1)\nlet s = 3\ns", silent: true, output: output)
        guard case .success(0, nil, _) = silent else {
            Issue.record("\(silent)")
            return
        }
        #expect(output.events.isEmpty)
        #expect(session.executionCount == 0)
        guard case .success(1, let result, _) = run("s") else {
            Issue.record("the silent cell's variable is missing")
            return
        }
        #expect(result?.plain == "3")
    }

    @Test func cellsThatAreNotStoredDoNotCount() {
        _ = session.execute("1", storeHistory: false, output: output)
        #expect(session.executionCount == 0)
        _ = run("  \n\t")
        #expect(session.executionCount == 0)
        _ = run("1")
        #expect(session.executionCount == 1)
    }

    @Test func historyHasSourcesAndResults() {
        let history = History(frontEnd: "test", folder: nil)
        let session = Session(library: Library(), history: history, frontEnd: "test")
        _ = session.execute("20 + 3", output: output)
        _ = session.execute("nope", output: output)
        _ = session.execute("1", storeHistory: false, output: output)
        let entries = history.tail(10, outputs: true)
        #expect(entries.map(\.source) == ["20 + 3", "nope"])
        #expect(entries.map(\.output) == ["23", nil])
        #expect(entries.map(\.line) == [1, 2])
    }

    @Test func aNameForTheCellShowsInErrors() {
        let outcome = session.execute("nope", output: output, cellName: "script.swift")
        guard case .failure(_, let error) = outcome else {
            Issue.record("no failure")
            return
        }
        #expect(error.cell == "script.swift")
    }

    @Test(.timeLimit(.minutes(1)))
    func anEndlessLoopIsInterruptedAndTheSessionLives() async {
        let interpreter = InterpreterThread()
        let session = session
        let output = output
        _ = interpreter.run { session.execute("var n = 5", output: output) }
        let stopper = Task.detached {
            // The loop may not have begun at the first request.
            while !Task.isCancelled {
                try await Task.sleep(for: .milliseconds(20))
                session.interrupt()
            }
        }
        let outcome = interpreter.run {
            session.execute("while true { n = 6 }", output: output)
        }
        stopper.cancel()
        _ = await stopper.result
        guard case .failure(_, let error) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.name == "Interrupted")
        guard
            case .success(_, let result, _) = interpreter.run({
                session.execute("n", output: output)
            })
        else {
            Issue.record("the session is dead")
            return
        }
        #expect(result?.plain == "6")
    }

    @Test(.timeLimit(.minutes(1)))
    func completionDoesNotWaitForARunningCell() async {
        let interpreter = InterpreterThread()
        let session = session
        let output = output
        _ = interpreter.run { session.execute("let wonderful = 1", output: output) }
        interpreter.async { _ = session.execute("while true {}", output: output) }
        let reply = session.complete("wonder", cursor: 6)
        #expect(reply.items.map(\.text).contains("wonderful"))
        #expect(session.inspect("wonderful", cursor: 5) != nil)
        let isDone = Task.detached { interpreter.run { true } }
        let stopper = Task.detached {
            while !Task.isCancelled {
                session.interrupt()
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        #expect(await isDone.value)
        stopper.cancel()
    }

    @Test func endlessRecursionIsAnError() {
        let interpreter = InterpreterThread()
        let session = session
        let output = output
        let outcome = interpreter.run {
            session.execute("func f(_ n: Int) -> Int { f(n + 1) + 1 }\nf(0)", output: output)
        }
        guard case .failure(_, let error) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.name == "RecursionError")
        guard case .success = interpreter.run({ session.execute("1 + 1", output: output) }) else {
            Issue.record("the session is dead")
            return
        }
    }
}
