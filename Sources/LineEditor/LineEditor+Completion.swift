@preconcurrency import CReadline
import Glibc

extension LineEditor {
    /// What may stand in place of the word at the cursor, as readline wants it: the longest common
    /// beginning, the candidates, and a null pointer; `nil` without any.
    func matches(wordStart: Int) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        let line = Readline.lineBeforeCursor
        let before = linesBefore.map { $0 + "\n" }.joined()
        let source = before + Readline.line
        let cursor = (before + line).unicodeScalars.count
        let reply = assistance.complete(source, cursor)
        let word = String(decoding: line.utf8.dropFirst(wordStart), as: UTF8.self)
        let offset = (before + String(decoding: line.utf8.prefix(wordStart), as: UTF8.self))
            .unicodeScalars.count
        let candidates = reply.candidates.compactMap { candidate -> Completion.Candidate? in
            var candidate = candidate
            if reply.start < offset {
                // The reply begins before readline's word, which keeps what stands there.
                candidate.text = String(
                    String.UnicodeScalarView(
                        candidate.text.unicodeScalars.dropFirst(offset - reply.start)))
            } else if reply.start > offset {
                let kept = word.unicodeScalars.prefix(reply.start - offset)
                candidate.text = String(kept) + candidate.text
            }
            return candidate.text.isEmpty ? nil : candidate
        }
        var seen: Set<String> = []
        let texts = candidates.map(\.text).filter { seen.insert($0).inserted }
        shownCandidates = candidates
        guard let first = texts.first else { return nil }
        let common = texts.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
        // A beginning that is shorter than the word would delete what was typed.
        let list =
            [texts.count == 1 || common.utf8.count >= word.utf8.count ? common : word]
            + (texts.count == 1 ? [] : texts)
        return Self.allocate(list)
    }

    /// Lists candidates with their declarations, or by name alone where there are many.
    func show(
        _ matches: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, count: Int32, width: Int32
    ) {
        let notes = shownCandidates.map { $0.note.isEmpty ? $0.text : $0.note }.sorted()
        if notes.count > 30 || shownCandidates.allSatisfy(\.note.isEmpty) {
            rl_display_match_list(matches, count, width)
        } else {
            var rows: Int32 = 0
            var columns: Int32 = 80
            rl_get_screen_size(&rows, &columns)
            fputs("\n", rl_outstream)
            for note in notes {
                fputs("  \(note.prefix(max(10, Int(columns) - 3)))\n", rl_outstream)
            }
        }
        rl_forced_update_display()
    }

    private static func allocate(
        _ texts: [String]
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        let size = (texts.count + 1) * MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
        // readline frees the array and the texts.
        guard let memory = malloc(size) else { return nil }
        let array = memory.bindMemory(
            to: UnsafeMutablePointer<CChar>?.self, capacity: texts.count + 1)
        for (index, text) in texts.enumerated() { array[index] = strdup(text) }
        array[texts.count] = nil
        return array
    }
}

extension String {
    /// The longest beginning that both texts share.
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
