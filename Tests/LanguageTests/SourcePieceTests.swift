import Language
import Testing

@Suite struct SourcePieceTests {
    func pieces(_ source: String, _ kind: SourcePiece.Kind) -> [String] {
        let bytes = Array(source.utf8)
        return SourcePiece.pieces(of: source).filter { $0.kind == kind }.map {
            String(decoding: bytes[$0.range], as: UTF8.self)
        }
    }

    @Test func wordsOfTheLanguageAreKeywords() {
        #expect(
            pieces("for i in 0..<3 where i > 1 { return true }", .keyword)
                == ["for", "in", "where", "return", "true"])
        #expect(pieces("f(in: 1, for: x)", .keyword) == [])
        #expect(pieces("func f(in x: Int) {}", .keyword) == ["func"])
    }

    @Test func typesAreKnownByPlaceOrByTheirCapital() {
        #expect(pieces("let a: [myType] = Tensor.zeros([2])", .type) == ["myType", "Tensor"])
        #expect(pieces("struct Point { var x: Double }", .type) == ["Point", "Double"])
        #expect(pieces("x.Name", .type) == [])
    }

    @Test func textsKeepTheirInterpolations() {
        let source = "print(\"a \\(b + 1) c\", 2)"
        #expect(pieces(source, .string) == ["\"", "a ", " c", "\""])
        #expect(pieces(source, .number) == ["1", "2"])
        #expect(pieces(source, .bracket) == ["(", "(", ")", ")"])
        #expect(pieces("#\"raw ( \"# + \"\"\"\n many ]\n\"\"\"", .bracket) == [])
    }

    @Test func commentsAreFoundBesideAndBetweenCode() {
        #expect(
            pieces("/* a ( */ let x = 1 // b\n/// c\n", .comment)
                == ["/* a ( */", "// b", "/// c"])
        #expect(pieces("1 /* open", .comment) == ["/* open"])
    }

    @Test func theyComeInOrderAndWithinTheText() {
        let source = "let é = [\"🦀\": 1] /* x */ // y"
        var end = 0
        for piece in SourcePiece.pieces(of: source) {
            #expect(piece.range.lowerBound >= end && !piece.range.isEmpty)
            end = piece.range.upperBound
        }
        #expect(end == source.utf8.count)
    }

    @Test(arguments: [
        "", "}", "\"", "let", "\u{0}", "f(", "\"\\(", "]])", "if x {", "/*", "#\"", "\u{1B}",
    ])
    func anyTextIsASource(source: String) {
        for piece in SourcePiece.pieces(of: source) {
            #expect(piece.range.upperBound <= source.utf8.count)
        }
    }

    @Test func whatIsNestedTooDeeplyHasNone() {
        #expect(SourcePiece.pieces(of: String(repeating: "[", count: 40)).isEmpty)
    }
}
