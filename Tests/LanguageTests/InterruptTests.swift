import Language
import ScriptTesting
import Testing

/// A request to stop is obeyed within a tenth of a second of the running thread's own time, whatever
/// the script is doing; how busy the machine is plays no part.
@Suite(.serialized) struct InterruptTests {
    static let constructs = [
        "tight loop": "while true {}",
        "counting": "var n = 0\nfor i in 0..<Int.max { n &+= i }",
        "stride": "var n = 0\nfor i in stride(from: 0, to: Int.max, by: 1) { n &+= i }",
        "recursion": "func f(_ n: Int) -> Int { n < 2 ? n : f(n - 1) + f(n - 2) }\nf(80)",
        "method": """
        struct S {
            var n = 0
            mutating func step() { n &+= 1 }
        }
        var s = S()
        while true { s.step() }
        """,
        "closure": "let f = { (x: Int) -> Int in x + 1 }\nwhile true { _ = f(1) }",
        "sorted with a closure": """
        let values = (0..<3_000_000).map { ($0 &* 7_919) % 1_000_003 }
        while true { _ = values.sorted { $0 > $1 } }
        """,
        "sorted": """
        let values = (0..<2_000_000).map { Double(($0 &* 7_919) % 1_000_003) }
        while true { _ = values.sorted() }
        """,
        "map": "let values = Array(0..<1_000_000)\nwhile true { _ = values.map { $0 + 1 } }",
        "reduce": """
        let values = Array(0..<1_000_000)
        while true { _ = values.reduce(0) { $0 &+ $1 } }
        """,
        "string building": """
        var text = ""
        var pieces = 0
        while true {
            text += "a longer piece of text"
            pieces += 1
            if pieces % 2_000_000 == 0 { text = "" }
        }
        """,
        "interpolation": "var n = 0\nwhile true { n = \"\\(n) and \\(n + 1)\".count }",
        "dictionary": "var d: [Int: Int] = [:]\nwhile true { d[d.count % 1_000, default: 0] += 1 }",
        "== on deep values": """
        func deep() -> Any {
            var value: Any = 1
            for _ in 0..<60 { value = [value, value] }
            return value
        }
        deep() == deep()
        """,
        "catching": """
        enum E: Error { case e }
        func fail() throws { throw E.e }
        while true { do { try fail() } catch {} }
        """,
    ]

    @Test(arguments: constructs.keys.sorted())
    func aRequestIsObeyedWithinATenthOfASecond(_ name: String) throws {
        let source = try #require(Self.constructs[name])
        let run = InterruptedRun(source, library: Library())
        #expect(run.error?.kind == .interrupted, "\(name): \(run.error?.message ?? "it ended")")
        #expect(run.secondsAfter < 0.1, "\(name) went on for \(run.secondsAfter) seconds")
    }
}
