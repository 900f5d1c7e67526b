import Foundation
import Hosting
import Language
import ScriptTesting
import Synchronization
import Testing

@Suite struct LimitTests {
    /// Runs a script on a thread with the stack front ends give it.
    private func run(_ source: String, library: Library = Library()) -> Result<String, ScriptError>
    {
        let answer = Mutex<Result<String, ScriptError>>(.success("nothing"))
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            let interpreter = Interpreter(library: library)
            do throws(ScriptError) {
                let result = try interpreter.run(
                    source, cell: .cell(1), host: Host(output: CollectingSink()))
                answer.withLock { $0 = .success(result.value?.debugText ?? "") }
            } catch {
                answer.withLock { $0 = .failure(error) }
            }
            done.signal()
        }
        thread.stackSize = 512 << 20
        thread.start()
        done.wait()
        return answer.withLock { $0 }
    }

    @Test(arguments: [
        "while true {}", "var n = 0\nrepeat { n += 1 } while true",
        "func f() { while true { g() } }\nfunc g() {}\nf()",
        "for i in 0..<Int.max { _ = i }",
    ])
    func anInterruptStopsTightLoops(_ source: String) {
        let cancellation = Cancellation()
        let host = Host(output: CollectingSink(), cancellation: cancellation)
        // A thread of its own: the loops may hold every thread of the shared pools.
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.05)
            cancellation.request()
        }
        let error = #expect(throws: ScriptError.self) {
            try Interpreter(library: Library()).run(source, cell: .cell(1), host: host)
        }
        #expect(error?.kind == .interrupted)
    }

    @Test func aLongChainOfTermsIsAnswered() {
        let source = Array(repeating: "1", count: 10_000).joined(separator: " + ")
        #expect((try? run(source).get()) == "10000")
    }

    @Test func deepNestingIsAnErrorOrAnAnswer() {
        let source =
            String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000)
        switch run(source) {
        case .success(let text): #expect(text == "1")
        case .failure(let error): #expect(error.kind == .syntax)
        }
    }

    @Test(arguments: [16, 100_000])
    func deeplyNestedSquareBracketsAreAnErrorAtOnce(_ depth: Int) throws {
        let open = String(repeating: "[", count: depth)
        let source = open + "1" + String(repeating: "]", count: depth)
        guard case .failure(let error) = run(source) else {
            Issue.record("expected an error")
            return
        }
        #expect(error.kind == .syntax)
        #expect(error.location?.column == 15)
        guard case .invalid = Interpreter(library: Library()).completeness(of: open) else {
            Issue.record("expected .invalid")
            return
        }
    }

    @Test func bracketsInQuotesAndCommentsAreNotNesting() throws {
        let many = String(repeating: "[", count: 40)
        #expect(try run("// \(many)\n\"\(many)\".count").get() == "40")
        #expect(try run("[[[[[[1]]]]]][0][0][0][0][0][0]").get() == "1")
    }

    @Test func recursionThroughTheLibraryEnds() {
        let source = "func f(_ n: Int) -> Int { [n].map { f($0 + 1) }[0] }\nf(0)"
        guard case .failure(let error) = run(source) else {
            Issue.record("expected an error")
            return
        }
        #expect(error.kind == .recursion)
    }

    @Test func longLiteralsAreBuilt() {
        let source = "[" + (0..<5_000).map(String.init).joined(separator: ", ") + "].count"
        #expect((try? run(source).get()) == "5000")
    }

    @Test func appendingInALoopTakesLinearTime() {
        let source = """
            struct Stack { var items: [Int] = []; mutating func push(_ x: Int) { items.append(x) } }
            var s = Stack()
            for i in 0..<100_000 { s.push(i); s.items[i] += 1 }
            s.items.count
            """
        let start = ContinuousClock.now
        #expect((try? run(source).get()) == "100000")
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}
