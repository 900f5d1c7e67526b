import Language
import Sessions
import Testing

@Suite struct SourceHighlightTests {
    func kinds(_ source: String) -> [String] {
        let bytes = Array(source.utf8)
        return SourceHighlight.highlights(of: source).map {
            "\(String(decoding: bytes[$0.range], as: UTF8.self)) \($0.kind)"
        }
    }

    @Test func codeHasThePiecesOfTheLanguage() {
        #expect(
            kinds("let x: Int = f(1) // é")
                == [
                    "let source(Language.SourcePiece.Kind.keyword)",
                    "Int source(Language.SourcePiece.Kind.type)",
                    "( source(Language.SourcePiece.Kind.bracket)",
                    "1 source(Language.SourcePiece.Kind.number)",
                    ") source(Language.SourcePiece.Kind.bracket)",
                    "// é source(Language.SourcePiece.Kind.comment)",
                ])
    }

    @Test func commandsAndQuestionsStandOut() {
        #expect(
            kinds("  :time 1") == [":time command", "1 source(Language.SourcePiece.Kind.number)"])
        #expect(kinds(":load let.swift") == [":load command"])
        #expect(kinds("?print") == ["? command"])
        #expect(kinds("print??") == ["? command", "? command"])
        #expect(kinds(":nosuch 1") == [":nosuch command"])
    }
}
