import LineEditor
import Testing

@Suite struct BracketsTests {
    /// Every bracket of a text counts.
    func brackets(_ text: String) -> Brackets {
        let source = Array(text.utf8)
        let highlights = source.indices.filter { "()[]{}".utf8.contains(source[$0]) }.map {
            Highlight($0..<($0 + 1), .bracket)
        }
        return Brackets(in: source, highlights)
    }

    @Test func bracketsFindTheirPartners() {
        let found = brackets("f(a[0], { b })")
        #expect(found.partners == [1: 13, 13: 1, 3: 5, 5: 3, 8: 12, 12: 8])
        #expect(found.strays.isEmpty)
    }

    @Test func theBracketBeforeTheCursorComesBeforeTheOneUnderIt() {
        let found = brackets("(a)(b)")
        #expect(found.pair(at: 3) == [2, 0])
        #expect(found.pair(at: 0) == [0, 2])
        #expect(found.pair(at: 6) == [5, 3])
        #expect(brackets("a + b").pair(at: 3).isEmpty)
    }

    @Test func whatClosesNothingIsAStray() {
        #expect(brackets("a) + (b]").strays == [1, 7])
        #expect(brackets("a) + (b]").partners.isEmpty)
        #expect(brackets("[(])").strays == [2])
    }

    @Test func onlyWhatIsCalledABracketCounts() {
        let source = Array("\")\" (x)".utf8)
        let found = Brackets(in: source, [Highlight(4..<5, .bracket), Highlight(6..<7, .bracket)])
        #expect(found.partners == [4: 6, 6: 4])
        // Highlights of another text do no harm.
        #expect(Brackets(in: [], [Highlight(4..<5, .bracket)]).partners.isEmpty)
    }
}
