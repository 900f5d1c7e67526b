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

    /// What takes Swift for ever, or ends its process, has an answer.
    @Test func whatASwiftProcessDiesOfHasAnAnswer() throws {
        #expect(try run("String(repeating: \"\", count: Int.max).count").get() == "0")
        let source = """
            var a = [3, 1, 2]
            a.sort { _, _ in a = []; return true }
            a.removeAll { _ in a = [1]; return true }
            a.count
            """
        #expect(try run(source).get() == "0")
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

    /// The bytes this process has in memory.
    private var residentBytes: Int {
        let statm = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (Int(statm.split(separator: " ")[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE))
    }

    @Test(arguments: [
        "var a: [[Int]] = []\nwhile true { a.append(Array(repeating: 1, count: 1_000)) }",
        "var d: [Int: String] = [:]\nvar i = 0\nwhile true { d[i] = \"entry \\(i)\"; i += 1 }",
        "indirect enum L { case end, node(L) }\nvar l = L.end\nfor _ in 0... { l = .node(l) }",
    ])
    func valuesThatFillTheBudgetAreAnError(_ source: String) {
        let limit = residentBytes + 100_000_000
        let library = Library(memory: MemoryBudget(limit: { limit }))
        guard case .failure(let error) = run(source, library: library) else {
            Issue.record("expected an error")
            return
        }
        #expect(error.kind == .memory)
    }

    @Test func aScriptMayCatchThatMemoryRanOut() {
        let limit = residentBytes + 100_000_000
        let library = Library(memory: MemoryBudget(limit: { limit }))
        let source = """
            func fill() -> Int {
                var a: [[Int]] = []
                while true { a.append(Array(repeating: 1, count: 1_000)) }
            }
            var n = 0
            do { n = fill() } catch { n = -1 }
            n
            """
        #expect((try? run(source, library: library).get()) == "-1")
    }

    @Test(arguments: [
        String(repeating: "\"\\(", count: 10_000), "\"\\(" + String(repeating: "[", count: 40),
        "#\"\\#(" + String(repeating: "[", count: 40),
        "\"\"\"\n\\(" + String(repeating: "[", count: 40),
        "/* \" */ " + String(repeating: "[", count: 40),
    ])
    func nestingInsideTextsIsAnErrorAtOnce(_ source: String) {
        let start = ContinuousClock.now
        guard case .failure(let error) = run(source) else {
            Issue.record("expected an error")
            return
        }
        #expect(error.kind == .syntax)
        #expect(error.message.contains("nested deeper than"))
        #expect(ContinuousClock.now - start < .seconds(1))
    }

    @Test func textsInTextsAreRead() throws {
        let many = String(repeating: "[", count: 40)
        let source = "let x = 2; \"a\\(x)\\(\"c\\(\"d\\(x)\")\")\" + #\"\(many)\\#(x)\"#"
        #expect(try run(source).get() == "\"a2cd2\(many)2\"")
    }

    @Test func declarationsOfManyPartsAreAnswered() throws {
        let fields = (0..<300).map { "var a\($0) = \($0)" }.joined(separator: "\n")
        #expect(try run("struct S {\n\(fields)\n}\nS(a299: 7).a299 + S().a256").get() == "263")
        let elements = (0..<300).map(String.init).joined(separator: ", ")
        guard case .failure(let error) = run("let t = (\(elements))") else {
            Issue.record("expected an error")
            return
        }
        #expect(error.message.contains("a tuple of more than 255 elements"))
    }

    @Test func aLongListIsLetGoOf() throws {
        let source = """
            indirect enum List { case end, node(Int, List) }
            var list = List.end
            for i in 0..<2_000_000 { list = .node(i, list) }
            let same = list
            list = .end
            if case .node(let last, _) = same { print(last) }
            3
            """
        #expect(try run(source).get() == "3")
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
