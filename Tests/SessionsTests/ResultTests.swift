import Hosting
import Language
import Sessions
import Testing

/// A value of a library that says nothing about its size.
private struct Opaque: ForeignConvertible {
    static let foreignName = "Opaque"
}

/// A value that holds on to as many bytes as it says.
private struct Heavy: ForeignConvertible {
    static let foreignName = "Heavy"
    var bytes: Int
}

private let library = Library(
    types: [ForeignType("Opaque", Opaque.self), ForeignType("Heavy", Heavy.self)],
    bindings: [
        .function("opaque", summary: "An opaque value.") { () -> Opaque in Opaque() },
        .function("heavy", arg("megabytes", Int.self, label: nil), summary: "A heavy value.") {
            (megabytes: Int) -> Heavy in Heavy(bytes: megabytes << 20)
        },
    ],
    keep: { value in
        (value as? Heavy).map { KeptObject(Heavy(bytes: $0.bytes), bytes: $0.bytes) }
            ?? KeptObject(value)
    })

@Suite struct ResultTests {
    let session = Session(library: library, history: nil, frontEnd: "test")
    let output = RecordingOutput()

    func value(_ source: String) -> String? {
        guard case .success(_, let result, _) = session.execute(source, output: output) else {
            return nil
        }
        return result?.plain
    }

    func message(_ source: String) -> String? {
        guard case .failure(_, let error) = session.execute(source, output: output) else {
            return nil
        }
        return error.message
    }

    @Test func earlierResultsHaveNames() {
        #expect(value("6 * 7") == "42")
        #expect(value("\"a\" + \"b\"") == "\"ab\"")
        #expect(value("_ + \"c\"") == "\"abc\"")
        #expect(value("_1 + 1") == "43")
        #expect(value("\"\\(_1) \\(_2)\"") == "\"42 ab\"")
        #expect(value("_4 / 2") == "21")
        #expect(value("[1.5, 2.5]") == "[1.5, 2.5]")
        #expect(value("_.map { $0 * 2 }") == "[3.0, 5.0]")
        #expect(value("_[1]") == "5.0")
        #expect(value("_ < 6") == "true")
        #expect(value("_ ? 1 : 2") == "1")
    }

    @Test func aCellWithoutResultLeavesThem() {
        _ = value("5")
        _ = value("let x = 1")
        _ = value("7;")
        #expect(value("_") == "5")
        _ = value("_ = x")
        #expect(value("_1 + _4") == "10")
    }

    @Test func whereThereIsNoneTheErrorSaysSo() {
        #expect(
            message("_ + 1")
                == "'_' stands for the result shown last, and there is none that was kept")
        #expect(
            message("_7")
                == "'_7' stands for the result of In [7], which showed none or is no longer kept")
        _ = value("5")
        _ = value(":reset")
        #expect(message("_") != nil)
        #expect(message("_3") != nil)
    }

    @Test func theyAreNoVariablesAndCannotBeChanged() {
        _ = value("5")
        _ = value(":vars")
        #expect(output.text() == "no variables yet\n")
        #expect(message("_1 = 3") != nil)
        #expect(!session.complete("_", cursor: 1).items.contains { $0.text == "_1" })
    }

    @Test func aVariableOfThatNameIsThePersonsOwn() {
        _ = value("let _2 = \"mine\"")
        _ = value("5")
        #expect(value("_2") == "\"mine\"")
        #expect(value("_") == "\"mine\"")
    }

    @Test func completionKnowsTheirTypes() {
        _ = value("[3, 1, 2]")
        #expect(session.complete("_.sort", cursor: 6).items.contains { $0.text == "sorted" })
        #expect(session.complete("_1.sort", cursor: 7).items.contains { $0.text == "sorted" })
    }

    @Test func theOldestMakeRoomForTheNewest() {
        for _ in 1...3 { _ = value("heavy(30)") }
        #expect(message("_1")?.contains("no longer kept") == true)
        // A ';' keeps what is asked for from being a result of its own.
        #expect(message("_2;") == nil)
        #expect(message("_3;") == nil)
        // Beyond the limit nothing is kept, and what was stays.
        _ = value("heavy(100)")
        #expect(message("_")?.contains("none that was kept") == true)
        #expect(message("_3;") == nil)
    }

    @Test func whatASizeIsUnknownOfIsKeptAFewTimes() {
        for _ in 1...20 { _ = value("opaque()") }
        #expect(message("_1") != nil)
        #expect(value("_20") != nil)
        #expect(value("_17") != nil)
    }

    @Test func theSizesOfPartsAddUp() {
        _ = value("[heavy(40), heavy(40)]")
        #expect(message("_") != nil)
        _ = value("(heavy(30), [1: heavy(30)])")
        #expect(value("_.1[1] != nil") == "true")
        _ = value("Array(repeating: 0, count: 8_000_000)")
        #expect(message("_") != nil)
    }

    @Test func deepNestingIsLeftAlone() {
        let (session, output) = (session, output)
        let results = InterpreterThread().run {
            [
                "indirect enum List { case end; case link(Int, List) }",
                "var list = List.end; for i in 0..<100_000 { list = .link(i, list) }; list;",
                "func f(_ l: List) -> Int { 1 }; f(list)", "[list]", "1 + 1", ":reset",
            ].map { source in
                guard case .success(_, let result, _) = session.execute(source, output: output)
                else { return "none" }
                return result?.plain ?? "nothing"
            }
        }
        #expect(results[2] == "1")
        #expect(results[4] == "2")
    }
}
