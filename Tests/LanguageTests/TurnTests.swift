import Hosting
import Language
import ScriptTesting
import Synchronization
import Testing

/// A cell that has a turn while another one rests sees and changes the variables as they stand; it
/// gets none where something is half done.
@Suite(.serialized) struct TurnTests {
    /// One interpreter, and what its cells and their visitors gave.
    private final class Talk: Sendable {
        let interpreter = Interpreter(library: Library())
        let visits = Mutex<[String]>([])
        private let cancellation = Cancellation()

        /// Runs a cell while others wait for a turn. An error is its text.
        func run(_ source: String, visitors: [String] = []) -> String {
            let waiting = Mutex(visitors)
            cancellation.setAwaited(!visitors.isEmpty)
            let host = Host(output: CollectingSink(), cancellation: cancellation) { [self] in
                guard let next = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
                    return
                }
                cancellation.setAwaited(waiting.withLock { !$0.isEmpty })
                let outcome = text(next, Host(output: CollectingSink(), cancellation: cancellation))
                visits.withLock { $0.append(outcome) }
            }
            defer { cancellation.setAwaited(false) }
            return text(source, host)
        }

        private func text(_ source: String, _ host: Host) -> String {
            do throws(ScriptError) {
                let result = try interpreter.run(source, cell: CellName("cell"), host: host)
                return result.value.map { "\($0)" } ?? "-"
            } catch {
                return error.message
            }
        }
    }

    static let loops = [
        "while": "while !isDone {}",
        "for": "for _ in 0..<Int.max { if isDone { break } }",
        "stride": "for _ in stride(from: 0, to: Int.max, by: 1) { if isDone { break } }",
        "recursion": "func f(_ n: Int) { if !isDone && n < 20 { f(n + 1); f(n + 1) } }\nf(0)",
        "closure":
            "let step = { (n: Int) -> Int in n &+ 1 }\nvar n = 0\nwhile !isDone { n = step(n) }",
        "method": """
        struct Walk {
            var steps = 0
            func isOver() -> Bool { isDone }
            mutating func step() { steps += 1 }
        }
        var walk = Walk()
        while !walk.isOver() { walk.step() }
        """,
        "calls outside of the script": """
        var texts: [String] = []
        while !isDone { texts = "a b c".split(separator: " ").map { String($0) } }
        """,
    ]

    @Test(arguments: loops.keys.sorted())
    func aVisitorEndsALoop(_ name: String) throws {
        let talk = Talk()
        #expect(talk.run("var isDone = false") == "-")
        let loop = try #require(Self.loops[name])
        #expect(talk.run(loop, visitors: ["isDone = true", "isDone"]) == "-")
        #expect(talk.visits.withLock { $0.first } == "-")
    }

    @Test func aVisitorSeesWhatTheRunningCellDeclared() {
        let talk = Talk()
        let result = talk.run(
            "var n = 0\nvar names = [\"a\"]\nwhile n >= 0 { n += 1 }\nnames",
            visitors: ["names.append(\"b\")\nnames.count", "n = -10", "later"])
        #expect(result == "[\"a\", \"b\"]")
        let visits = talk.visits.withLock { $0 }
        #expect(visits.prefix(2) == ["2", "-"])
    }

    @Test func aNewerDeclarationOfAVisitorStays() {
        let talk = Talk()
        let loop = "var isDone = false\nlet x = 1\nwhile !isDone {}\nx"
        #expect(talk.run(loop, visitors: ["let x = \"newer\"\nisDone = true"]) == "1")
        #expect(talk.run("x") == "newer")
    }

    @Test func aVisitorsErrorIsItsOwn() {
        let talk = Talk()
        _ = talk.run(
            """
            var isDone = false
            func deep(_ n: Int) -> Int { n == 0 ? [1][n + 7] : deep(n - 1) }
            """)
        let result = talk.run(
            "do { while !isDone {} } catch { isDone = false }\nisDone",
            visitors: ["deep(3)", "undeclared", "isDone = true"])
        #expect(result == "true")
        let visits = talk.visits.withLock { $0 }
        #expect(visits[0].contains("7"))
        #expect(visits[1].contains("undeclared"))
    }

    static let busyPlaces = [
        "values.sort { isBefore($0, $1) }", "rows[0].fill()", "change(&values)",
    ]

    /// What is out of its place comes back to it: the visitor waits until then.
    @Test(arguments: busyPlaces)
    func nobodyHasATurnWhileAValueIsOutOfItsPlace(_ call: String) {
        let talk = Talk()
        _ = talk.run(
            """
            var values = Array(0..<3_000)
            func isBefore(_ a: Int, _ b: Int) -> Bool { a > b }
            struct Row {
                var numbers: [Int] = []
                mutating func fill() { for i in 0..<20_000 { numbers.append(i) } }
            }
            var rows = [Row(), Row()]
            func change(_ numbers: inout [Int]) {
                for i in 0..<20_000 { numbers[i % numbers.count] = i }
            }
            """)
        let result = talk.run(
            "let before = (values.count, rows.count)\n\(call)\nlet after = (values.count, rows.count)"
                + "\nfor _ in 0..<5_000 { _ = abs(1) }\n\"\\(before) \\(after)\"",
            visitors: ["values = []\nrows = []"])
        #expect(result == "(3000, 2) (3000, 2)")
        #expect(talk.visits.withLock { $0 } == ["-"])
        #expect(talk.run("values.count + rows.count") == "0")
    }

    @Test func nothingIsForgottenWhileACellRuns() {
        let talk = Talk()
        let cancellation = Cancellation()
        cancellation.setAwaited(true)
        let interpreter = talk.interpreter
        let host = Host(output: CollectingSink(), cancellation: cancellation) {
            cancellation.setAwaited(false)
            #expect(interpreter.isRunning)
            interpreter.reset()
        }
        let result = try? interpreter.run(
            "var n = 0\nwhile n < 100_000 { n += 1 }\nn", cell: .cell(1), host: host)
        #expect(result?.value.map { "\($0)" } == "100000")
        #expect(!interpreter.isRunning)
    }
}
