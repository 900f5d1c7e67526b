import Hosting
import Language
import Testing
import VisionBindings

/// Waiting for time to pass and for a person.
@Suite struct WaitingTests {
    @Test(arguments: ["sleep(0)", "sleep(-1)", "sleep(.nan)", "let n = 0.0\nsleep(n)"])
    func aTimeThatIsOverDoesNotWait(source: String) throws {
        let start = ContinuousClock.now
        try Session().run(source)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func sleepingTakesItsTime() throws {
        let session = Session()
        let start = ContinuousClock.now
        try session.run("sleep(0.2)")
        #expect(ContinuousClock.now - start >= .milliseconds(200))
    }

    @Test func othersHaveTheirTurnWhileACellSleeps() throws {
        let interpreter = Interpreter(library: visionLibrary)
        let cancellation = Cancellation()
        cancellation.setAwaited(true)
        let host = Host(output: RecordedOutput(), cancellation: cancellation) {
            cancellation.request()
        }
        #expect(throws: ScriptError.self) {
            try interpreter.run("sleep(1000)", cell: .cell(1), host: host)
        }
    }

    /// What called back into the script is in the middle of something.
    @Test func nobodyHasATurnInsideACallback() throws {
        let output = AwaitingOutput()
        let host = Host(output: output, cancellation: output.cancellation) {
            Issue.record("somebody had a turn")
        }
        // Somebody waits from the first text on.
        let source = "[3, 1, 2].sorted { print(\"inside\"); sleep(0.01); return $0 < $1 };"
        _ = try Interpreter(library: visionLibrary).run(source, cell: .cell(1), host: host)
        #expect(output.cancellation.isAwaited)
    }

    @Test func aPasswordIsAskedForAsOne() throws {
        let session = Session()
        #expect(try session.run("readPassword(\"Token: \")") == "nil")
    }
}

/// A sink at whose first text somebody begins to wait for a turn.
private final class AwaitingOutput: OutputSink {
    let cancellation = Cancellation()

    func emit(_ event: OutputEvent) { cancellation.setAwaited(true) }
    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }
}
