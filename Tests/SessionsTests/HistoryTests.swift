import Foundation
import Sessions
import Testing

@Suite struct HistoryTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func open(_ frontEnd: String = "test") -> History {
        History(frontEnd: frontEnd, folder: folder.path + "/state")
    }

    @Test func tailGivesTheLastCellsOldestFirst() {
        let history = open()
        for line in 1...5 { history.record(line: line, source: "cell \(line)") }
        #expect(history.tail(2).map(\.source) == ["cell 4", "cell 5"])
        #expect(history.tail(0).isEmpty)
        #expect(history.tail(100).count == 5)
    }

    @Test func outputsComeOnlyWhenAskedFor() {
        let history = open()
        history.record(line: 1, source: "1 + 1")
        history.recordOutput(line: 1, "2")
        #expect(history.tail(1).first?.output == nil)
        #expect(history.tail(1, outputs: true).first?.output == "2")
        #expect(history.range(outputs: true).first?.output == "2")
        #expect(history.search("1*", outputs: true).first?.output == "2")
    }

    @Test func cellsOutliveTheirSession() {
        do {
            let first = open("kernel")
            first.record(line: 1, source: "let x = \"é 🦀\"\nx")
        }
        let second = open("repl")
        #expect(second.session == nil)
        #expect(second.tail(1).first?.source == "let x = \"é 🦀\"\nx")
        second.record(line: 1, source: "y")
        #expect(second.session == 2)
        #expect(second.tail(10).map(\.session) == [1, 2])
    }

    @Test func rangesAreOfOneSessionAndStopBeforeTheirEnd() {
        let first = open()
        for line in 1...4 { first.record(line: line, source: "a\(line)") }
        let second = open()
        #expect(second.range(session: 0).isEmpty)
        #expect(second.range(session: -1).count == 4)
        second.record(line: 1, source: "b1")
        #expect(second.range(session: 0).map(\.source) == ["b1"])
        #expect(second.range(session: -1, start: 2, stop: 4).map(\.source) == ["a2", "a3"])
        #expect(second.range(session: 1, start: 3).map(\.line) == [3, 4])
        #expect(second.range(session: 99).isEmpty)
        #expect(second.range(session: -5).isEmpty)
    }

    @Test func searchTakesGlobPatterns() {
        let history = open()
        let sources = ["let a = 1", "print(a)", "let b = 2", "print(a)"]
        for (index, source) in sources.enumerated() {
            history.record(line: index + 1, source: source)
        }
        #expect(history.search("let*").map(\.source) == ["let a = 1", "let b = 2"])
        #expect(history.search("let ? = 1").map(\.line) == [1])
        #expect(history.search("print*").map(\.line) == [2, 4])
        #expect(history.search("print*", unique: true).map(\.line) == [4])
        #expect(history.search("*", count: 2).map(\.line) == [3, 4])
        #expect(history.search("nothing*").isEmpty)
    }

    @Test func aCellRecordedTwiceIsReplaced() {
        let history = open()
        history.record(line: 1, source: "old")
        history.record(line: 1, source: "new")
        #expect(history.range().map(\.source) == ["new"])
    }

    @Test func anUnusableFolderIsToldOnceAndDoesNotStopTheSession() {
        let history = History(frontEnd: "test", folder: "/proc/no/such/folder")
        #expect(!history.isPersistent)
        let notice = history.takeNotice()
        #expect(notice?.hasPrefix("history is not kept: /proc/no") == true, "\(notice ?? "")")
        #expect(history.takeNotice() == nil)
        history.record(line: 1, source: "x")
        #expect(history.tail(5).map(\.source) == ["x"])
    }

    @Test func aFileThatIsNoDatabaseIsLeftAlone() throws {
        let state = folder.path + "/state"
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        let path = state + "/history.sqlite"
        let text = String(repeating: "not a database. ", count: 100)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let history = open()
        #expect(history.takeNotice()?.contains("not a database") == true)
        history.record(line: 1, source: "x")
        #expect(history.tail(1).map(\.source) == ["x"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test func theFileIsReadableByItsOwnerAlone() throws {
        open().record(line: 1, source: "secret")
        let attributes = try FileManager.default.attributesOfItem(
            atPath: folder.path + "/state/history.sqlite")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func manyWritersAtOnceLoseNothing() async {
        // Each writer has a connection of its own, as separate processes have.
        let path = folder.path + "/state"
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<6 {
                group.addTask {
                    let history = History(frontEnd: "writer", folder: path)
                    for line in 1...20 { history.record(line: line, source: "\(writer)/\(line)") }
                    #expect(history.isPersistent, "\(history.takeNotice() ?? "")")
                }
            }
        }
        let entries = open().tail(1000)
        #expect(entries.count == 120)
        #expect(Set(entries.map(\.session)).count == 6)
    }
}
