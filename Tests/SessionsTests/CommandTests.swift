import Foundation
import Hosting
import Language
import Sessions
import Testing

@Suite struct CommandTests {
    let session = Session(
        library: Library(), history: History(frontEnd: "test", folder: nil), frontEnd: "test")
    let output = RecordingOutput()

    func run(_ source: String) -> Outcome { session.execute(source, output: output) }

    func page(_ source: String) -> String {
        guard case .success(_, nil, let pages) = run(source), pages.count == 1 else {
            Issue.record("\(source) gives no single page")
            return ""
        }
        return pages[0].plain
    }

    func error(_ source: String) -> Failure? {
        guard case .failure(_, let error) = run(source) else {
            Issue.record("\(source) does not fail")
            return nil
        }
        return error
    }

    @Test func helpListsEveryCommand() {
        let text = page(":help")
        #expect(!Command.all.isEmpty)
        for command in Command.all {
            #expect(text.contains(":\(command.name)"))
            #expect(text.contains(command.help))
        }
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: ["?print", "print?", "print??", ":help print", "  ?print  "])
    func aNameWithAQuestionMarkIsExplained(source: String) {
        #expect(page(source).contains("print("))
    }

    @Test func aCommandIsExplainedToo() {
        #expect(page(":help :time").contains("how long"))
        #expect(page(":help time").contains("how long"))
    }

    @Test func unknownTopicsAreNamed() {
        #expect(error("?nosuchthing")?.message == ":help: nothing is known about 'nosuchthing'")
    }

    @Test(arguments: [
        (":tiem 1", "did you mean ':time'?"), (":hlep", "did you mean ':help'?"),
        (":var", "did you mean ':vars'?"), (":quartz", "':help' lists the commands"),
    ])
    func unknownCommandsGetASuggestion(source: String, hint: String) {
        let error = error(source)
        #expect(error?.name == "CommandError")
        #expect(error?.rendered.contains(hint) == true, "\(error?.rendered ?? "")")
    }

    @Test func missingAndUnwantedArgumentsAreErrors() {
        #expect(error(":type")?.message == ":type: the argument is missing, expected :type EXPR")
        #expect(error(":vars all")?.message == ":vars: expected no argument, got 'all'")
    }

    @Test func typeShowsTheTypeOfAnExpression() {
        guard case .success(_, let result, _) = run(":type [1, 2]") else {
            Issue.record("failed")
            return
        }
        #expect(result?.plain == "[Int]")
    }

    @Test(arguments: [
        (":shape [[1, 2, 3], [4, 5, 6]]", "[2, 3]"), (":shape [1.5]", "[1]"),
        (":shape (left: [1], right: [[\"a\"], [\"b\"]])", "left   [1]\nright  [2, 1]"),
        (":shape [\"a\": [1, 2], \"b\": [3]]", "a  [2]\nb  [1]"),
    ])
    func shapeShowsTheLengthsAlongEachAxis(source: String, shape: String) {
        guard case .success(_, let result, _) = run(source) else {
            Issue.record("failed")
            return
        }
        #expect(result?.plain == shape)
    }

    @Test func whatHasNoShapeIsAnError() {
        #expect(error(":shape 5")?.message.hasPrefix(":shape: Int has no shape") == true)
        #expect(error(":shape let x = 5")?.message.hasPrefix(":shape: expected an expr") == true)
    }

    @Test func docExplainsANameWithItsExample() {
        #expect(page(":doc print").contains("print("))
        #expect(error(":doc nosuchthing")?.message == ":doc: nothing is known about 'nosuchthing'")
        #expect(error(":doc")?.message.contains("argument is missing") == true)
    }

    @Test func quitIsForThePrompt() {
        for word in [":quit", " :q ", "exit", "quit()"] { #expect(Command.isFarewell(word)) }
        #expect(!Command.isFarewell("quitter"))
        #expect(error(":quit")?.message == ":quit: there is no prompt to leave here")
    }

    @Test func timeRunsCodeOfSeveralLinesAndKeepsItsNames() {
        guard case .success(_, let result, _) = run(":time let t = 4\nt + 1") else {
            Issue.record("failed")
            return
        }
        #expect(result?.plain == "5")
        #expect(output.text().hasPrefix("took "))
        guard case .success = run("t") else {
            Issue.record("t is gone")
            return
        }
    }

    @Test func varsListsNamesWithTypesAndResetForgetsThem() {
        _ = run("let first = 1\nlet second = \"two\"")
        _ = run(":vars")
        let lines = output.text().split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("first") && $0.contains("Int") })
        #expect(lines.contains { $0.hasPrefix("second") && $0.contains("String") })
        _ = run(":reset")
        #expect(output.text().contains("forgot 2 variables"))
        #expect(error("first")?.name == "NameError")
    }

    @Test func cellsThatWorkedAreSavedAndLoadedAgain() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/cells.swift"
        _ = run("let saved = 11")
        _ = run("nope")
        _ = run(":vars")
        _ = run("func twice(_ x: Int) -> Int { 2 * x }")
        _ = run(":save \(path)")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text == "let saved = 11\n\nfunc twice(_ x: Int) -> Int { 2 * x }\n")
        let other = Session(library: Library(), history: nil, frontEnd: "test")
        _ = other.execute(":load \(path)", output: output)
        guard case .success(_, let result, _) = other.execute("twice(saved)", output: output) else {
            Issue.record("the file was not loaded")
            return
        }
        #expect(result?.plain == "22")
    }

    @Test func anErrorInALoadedFileNamesTheFile() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/bad.swift"
        try "let a = 1\nnope\n".write(toFile: path, atomically: true, encoding: .utf8)
        let error = error(":load \(path)")
        #expect(error?.cell == "bad.swift")
        #expect(error?.line == 2)
        #expect(
            self.error(":load \(folder.path)/missing.swift")?.message.contains("No such file")
                == true)
    }

    @Test func historyListsCellsByNumberOrPattern() {
        _ = run("let alpha = 1")
        _ = run("let beta = 2")
        _ = run(":history alpha")
        #expect(output.text().contains("1/1      let alpha = 1"))
        #expect(!output.text().contains("beta"))
        _ = run(":history 2")
        #expect(output.text().hasSuffix("1/3      :history alpha\n1/4      :history 2\n"))
    }

    @Test func aSessionWithoutHistorySaysSo() {
        let session = Session(library: Library(), history: nil, frontEnd: "test")
        guard case .failure(_, let error) = session.execute(":history", output: output) else {
            Issue.record("no failure")
            return
        }
        #expect(error.message == ":history: this session keeps none")
    }

    @Test func commandsAreCompleted() {
        #expect(session.complete(":h", cursor: 2).items.map(\.text) == [":help", ":history"])
        #expect(session.complete(":zzz", cursor: 4).items.isEmpty)
        _ = run("let wonderful = 1")
        let reply = session.complete(":type wonder", cursor: 12)
        #expect(reply.items.map(\.text).contains("wonderful"))
        #expect(reply.start == 6)
    }

    @Test func filesAreCompletedAfterLoad() throws {
        let folder = try TemporaryFolder()
        try "1".write(toFile: folder.path + "/one.swift", atomically: true, encoding: .utf8)
        let source = ":load \(folder.path)/on"
        let reply = session.complete(source, cursor: source.unicodeScalars.count)
        #expect(reply.items.map(\.text) == ["\(folder.path)/one.swift"])
        #expect(reply.start == 6)
    }

    @Test func codeAfterTimeDecidesWhetherItIsComplete() {
        guard case .incomplete = session.completeness(":time func f() {") else {
            Issue.record("not incomplete")
            return
        }
        guard case .complete = session.completeness(":help") else {
            Issue.record("not complete")
            return
        }
    }
}
