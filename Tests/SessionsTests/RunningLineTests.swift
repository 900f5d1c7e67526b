import Foundation
import Language
import Sessions
import Testing

@Suite struct RunningLineTests {
    @Test(.timeLimit(.minutes(1)))
    func theLineThatIsCarriedOutIsKnownWhileACellRuns() async throws {
        let session = Session(library: Library(), history: nil, frontEnd: "test")
        #expect(session.runningLine == nil)
        let source = """
            func wait(_ n: Int) -> Int { n + 1 }
            var n = 0
            print("on")
            while true {
                n = wait(n)
            }
            """
        let output = RecordingOutput()
        let ended = Task.detached { session.execute(source, output: output) }
        while output.text().isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        var line: Int?
        // The print is known first, then the call in the loop.
        while line != 5 {
            line = session.runningLine
            #expect(line == nil || (1...5).contains(line ?? 0))
            try await Task.sleep(for: .milliseconds(1))
        }
        session.interrupt()
        _ = await ended.value
        #expect(session.runningLine == nil)
    }

    @Test func anErrorInAFunctionHasALineInTheCellThatCalledIt() {
        let session = Session(library: Library(), history: nil, frontEnd: "test")
        let output = RecordingOutput()
        _ = session.execute(
            "func f() -> Int {\n    let a = [1]\n    return a[5]\n}", output: output)
        guard case .failure(_, let error) = session.execute("1\n2\nf()", output: output) else {
            Issue.record("it did not fail")
            return
        }
        #expect(error.cell == "In [1]")
        #expect(error.line == 3)
        #expect(error.line(in: "In [2]") == 3)
        #expect(error.line(in: "In [1]") == 3)
        #expect(error.line(in: "In [7]") == nil)
        #expect(error.callers.map(\.cell) == ["In [2]"])
    }
}
