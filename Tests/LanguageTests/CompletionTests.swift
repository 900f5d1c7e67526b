import Hosting
import Language
import ScriptTesting
import Testing

/// What can be written at a place; `|` marks it.
@Suite struct CompletionTests {
    private static let earlier = """
        let numbers = [1, 2]
        let ages = ["Ann": 30, "Ben": 40]
        let name: String? = "Ann"
        /// Scales a number.
        func scale(_ x: Int, factor: Int, offset: Int = 0) -> Double { Double(x * factor + offset) }
        enum Mode { case training, testing; static let standard = Mode.training; func flipped() -> Mode { self } }
        struct Point { var x = 1.0, y = 2.0; let label: String = "p"
            func moved(by step: Double) -> Point { self }
            static func origin() -> Point { Point() } }
        let point = Point()
        let points = [point]
        let pair = (first: 1, second: "two")
        func run(_ mode: Mode, times: Int) -> Mode { mode }
        """

    private func complete(_ marked: String) throws -> (texts: [String], replaced: String) {
        let interpreter = Interpreter(library: Library())
        _ = try interpreter.run(Self.earlier, cell: .cell(1), host: Host(output: CollectingSink()))
        let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let found = interpreter.complete(parts.joined(), at: parts[0].utf8.count)
        let bytes = Array(parts.joined().utf8)
        return (
            found.items.map(\.text), String(decoding: bytes[found.replacing], as: UTF8.self)
        )
    }

    @Test(arguments: [
        // Names of earlier cells, of this one, and words of the language.
        ("numb|", "numbers"), ("sca|", "scale"), ("pri|", "print"), ("whi|", "while"),
        ("Poi|", "Point"),
        ("let local = 1\nprint(loc|", "local"), ("for index in 0..<3 { ind|", "index"),
        ("func f(width: Int) { wid|", "width"), ("numbers.map { value in val|", "value"),
        ("if let found = name { fou|", "found"), ("func helper() {}\nhel|", "helper"),
        ("let x: Dou|", "Double"), ("func f(_ p: Poi|", "Point"),
        ("struct Own {}\nlet o: Ow|", "Own"),
        // Members of what stands before the dot.
        ("numbers.fil|", "filter"), ("numbers[0].is|", "isMultiple"),
        ("\"abc\".upp|", "uppercased"),
        ("numbers.map { $0 * 2 }.fir|", "first"), ("numbers.reversed().fir|", "first"),
        ("point.mov|", "moved"), ("point.x.rou|", "rounded"), ("points[0].lab|", "label"),
        ("points.map { $0.mov|", "moved"), ("points.map { p in p.lab|", "label"),
        ("points.first?.mov|", "moved"), ("scale(1, factor: 2).squ|", "squareRoot"),
        ("point.moved(by: 1).mov|", "moved"), ("Point().lab|", "label"), ("pair.sec|", "second"),
        ("name.cou|", "?.count"), ("Double.p|", "pi"), ("Point.ori|", "origin"),
        ("Mode.te|", "testing"),
        ("let s = \"a\"\ns.upp|", "uppercased"), ("for p in points { p.lab|", "label"),
        ("func f(_ p: Point) { p.mov|", "moved"),
        ("for (key, value) in ages { key.upp|", "uppercased"),
        ("if let n = name { n.upp|", "uppercased"), ("(1 + 2.5).rou|", "rounded"),
        ("struct Own { var size = 1 }\nlet o = Own()\no.si|", "size"),
        ("struct Own { var size = 1\n func f() { si|", "size"),
        ("struct Own { var size = 1\n func f() { self.si|", "size"),
        ("let text = \"\\(point.lab|", "label"), ("ages[\"Ann\"]?.is|", "isMultiple"),
        ("points.first.mov|", "?.moved"),
        // Cases after a dot, from what is wanted there.
        ("run(.te|", "testing"), ("let m: Mode = .te|", "testing"),
        ("run(.training, times: 1) == .te|", "testing"),
        ("switch run(.testing, times: 1) { case .tr|", "training"),
        ("let m: Mode = .sta|", "standard"),
        ("func f() -> Mode { return .te|", "testing"),
        // Labels inside a call.
        ("scale(1, fac|", "factor:"), ("scale(1, |", "factor:"),
        ("scale(1, factor: 2, off|", "offset:"),
        ("Point(|", "x:"), ("point.moved(b|", "by:"), ("print(1, sep|", "separator:"),
        ("func own(size: Int) {}\nown(si|", "size:"),
        // Keys of a dictionary.
        ("ages[\"A|", "Ann"), ("ages[\"|", "Ben"), ("let d = [\"key\": 1]\nd[\"k|", "key"),
    ])
    func offers(_ marked: String, _ wanted: String) throws {
        let found = try complete(marked)
        #expect(found.texts.contains(wanted), "\(marked) offers \(found.texts.prefix(12))")
    }

    @Test(arguments: [
        // Not in scope, given already, or of another type.
        ("func f() { let inner = 1 }\ninn|", "inner"), ("scale(1, factor: 2, fac|", "factor:"),
        ("numbers.upp|", "uppercased"), ("Mode.fl|", "flipped"), ("\"a text with scal|", "scale"),
        ("point.ori|", "origin"), ("later|\nlet laterName = 1", "laterName"),
    ])
    func offersNot(_ marked: String, _ unwanted: String) throws {
        #expect(try !complete(marked).texts.contains(unwanted))
    }

    @Test func replacesTheWordBegun() throws {
        #expect(try complete("numbers.ma|x").replaced == "ma")
        #expect(try complete("ages[\"An|").replaced == "An")
        #expect(try complete("name.co|").replaced == ".co")
        #expect(try complete("numbers.|").replaced == "")
    }

    @Test func aTextInACallMayNameAFile() {
        let interpreter = Interpreter(library: Library())
        #expect(interpreter.complete("print(\"data/ca", at: 14).path == "data/ca")
        #expect(interpreter.complete("let a = \"data/ca", at: 16).path == nil)
    }

    @Test(arguments: [
        ("num|bers", "[Int]", "[1, 2]"), ("scale(1, fac|tor: 2)", "Int", ""),
        ("sca|le(1, factor: 2)", "(Int, Int, Int) -> Double", ""),
        ("scale(|", "(Int, Int, Int) -> Double", ""),
        ("point.mov|ed", "(Double) -> Point", ""), ("let own = 2.5\now|n", "Double", ""),
        ("pair.sec|ond", "String", ""), ("Mode.tes|ting", "Mode", ""),
        ("points.map { $|0 }", "Point", ""),
        ("func f(width: Int) { wi|dth }", "Int", ""),
    ])
    func inspects(_ marked: String, _ type: String, _ value: String) throws {
        let interpreter = Interpreter(library: Library())
        _ = try interpreter.run(Self.earlier, cell: .cell(1), host: Host(output: CollectingSink()))
        let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let found = try #require(interpreter.inspect(parts.joined(), at: parts[0].utf8.count))
        #expect(found.type == type)
        #expect(found.value ?? "" == value)
    }

    @Test func anInspectedFunctionCarriesItsComment() throws {
        let interpreter = Interpreter(library: Library())
        _ = try interpreter.run(Self.earlier, cell: .cell(1), host: Host(output: CollectingSink()))
        #expect(interpreter.inspect("scale", at: 5)?.documentation == "Scales a number.")
    }

    @Test(arguments: BuiltinExamples.all.keys.sorted())
    func anExampleGivesWhatItSays(_ name: String) throws {
        let example = try #require(BuiltinExamples.all[name])
        let parts = example.split(separator: "  // ").map(String.init)
        let result = try Interpreter(library: Library()).run(
            parts[0], cell: .cell(1), host: Host(output: CollectingSink()))
        if parts.count > 1 { #expect(result.value?.debugText == parts[1], "\(example)") }
    }

    @Test func inspectionShowsAnExampleThatRuns() throws {
        let found = try #require(Interpreter(library: Library()).inspect("[1].map", at: 6))
        #expect(found.example.hasPrefix("[1, 2, 3].map"))
        #expect(found.signatures == ["map(_ transform: (T) -> U) -> [U]"])
    }

    /// Each link of a chain asks for the ones before it more than once; the answer must not.
    @Test(arguments: [
        String(repeating: ".map { $0 + 1 }", count: 30),
        String(repeating: ".map { value in value + 1 }", count: 30),
        ".map { " + String(repeating: "[$0].map { ", count: 5) + "$0"
            + String(repeating: " }[0]", count: 5) + " }",
    ])
    func aLongChainOfClosuresIsFollowedToItsEnd(_ links: String) throws {
        #expect(try complete("numbers\(links).fil|").texts.contains("filter"))
        #expect(try complete("numbers\(links).map { $0.isM|").texts.contains("isMultiple"))
    }

    @Test func aNameThatAsksForItselfHasNoType() throws {
        #expect(try complete("let a = [a].map { $0 }\na.fil|").texts.isEmpty)
    }

    /// Whatever stands at the cursor, an answer comes back and nothing is broken.
    @Test func anyPlaceOfAnyTextHasAnAnswer() throws {
        let interpreter = Interpreter(library: Library())
        _ = try interpreter.run(Self.earlier, cell: .cell(1), host: Host(output: CollectingSink()))
        let text = Self.earlier + "\nlet x = x + y[\"\\(z.map { $0.\n)(((]]]}} .. 'a' é😀 #if \"\"\""
        for offset in stride(from: 0, through: text.utf8.count + 2, by: 3) {
            let found = interpreter.complete(text, at: offset)
            #expect(found.replacing.upperBound <= text.utf8.count)
            _ = interpreter.inspect(text, at: offset)
        }
        let deep = String(repeating: "[", count: 60)
        #expect(interpreter.complete(deep, at: 60).items.isEmpty)
        #expect(interpreter.inspect(deep, at: 60) == nil)
    }
}
