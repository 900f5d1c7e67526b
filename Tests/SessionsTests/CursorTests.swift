import Language
import Sessions
import Testing

/// Front ends count Unicode scalars, the language UTF-8 bytes.
@Suite struct CursorTests {
    let session = Session(library: Library(), history: nil, frontEnd: "test")

    init() {
        _ = session.execute("let wonderful = 1", output: RecordingOutput())
    }

    @Test(arguments: [
        ("wonder", 0),
        ("let s = \"é\"; wonder", 13),
        // A crab is one scalar of four bytes, a flag two scalars, a family seven.
        ("let s = \"🦀\"; wonder", 13),
        ("let s = \"🇩🇪\"; wonder", 14),
        ("let s = \"👨‍👩‍👧‍👦\"; wonder", 19),
        ("let s = \"e\u{301}\"\nwonder", 13),
    ])
    func completionReplacesTheWordAfterWideCharacters(source: String, start: Int) {
        let cursor = source.unicodeScalars.count
        let reply = session.complete(source, cursor: cursor)
        #expect(reply.items.map(\.text).contains("wonderful"), "\(source)")
        #expect(reply.start == start, "\(source)")
        #expect(reply.end == cursor, "\(source)")
    }

    @Test func cursorsOutsideTheTextAreMovedToItsEnds() {
        #expect(session.complete("wonder", cursor: 999).end == 6)
        #expect(session.complete("wonder", cursor: -5).start == 0)
        #expect(session.complete("", cursor: 3).end == 0)
        _ = session.inspect("🦀", cursor: 99)
        _ = session.inspect("", cursor: -1)
    }

    @Test func inspectionFindsTheNameUnderTheCursor() {
        let source = "let s = \"🦀\"; wonderful"
        let found = session.inspect(source, cursor: 15)
        #expect(found?.plain.contains("wonderful") == true, "\(found?.plain ?? "nothing")")
        #expect(found?["text/markdown"] != nil)
    }
}
