import Hosting
import Language
import Testing
import VisionBindings

/// Waiting for time to pass and for a person.
@Suite struct WaitingTests {
    @Test(arguments: ["sleep(0)", "sleep(-1)", "sleep(.nan)", "let n = 0\nsleep(n)"])
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
        let interpreter = Interpreter(library: visionLibrary)
        let cancellation = Cancellation()
        cancellation.setAwaited(true)
        let host = Host(output: RecordedOutput(), cancellation: cancellation) {
            Issue.record("somebody had a turn")
        }
        let source = "[3, 1, 2].sorted { sleep(0.01); return $0 < $1 };"
        _ = try interpreter.run(source, cell: .cell(1), host: host)
    }

    @Test func aPasswordIsAskedForAsOne() throws {
        let session = Session()
        #expect(try session.run("readPassword(\"Token: \")") == "nil")
    }
}
