@preconcurrency import CReadline

/// What Tab shows below the text: the declaration that is being filled in, and what can be written.
struct Menu {
    var heading: [String]
    var candidates: [LineEditor.Completion.Candidate]
    /// Where a candidate begins in the text, as a UTF-8 offset.
    var start: Int32
    var selected: Int?
    /// The text and the cursor that it belongs to; any change of them closes it.
    var place: Readline.Place

    var isCurrent: Bool { place == .current }

    /// The rows to draw, so many at most, with those around the selected candidate.
    func rows(
        height: Int, _ theme: Theme, _ highlight: (String) -> [Highlight]
    ) -> [[ScreenCell]] {
        let head = heading.prefix(max(1, min(3, height / 3))).map {
            Self.declaration($0, indent: "  ", theme, highlight)
        }
        let room = height - head.count
        guard candidates.count > room else { return head + candidates.indices.map(row) }
        let first = min(max(0, (selected ?? 0) - room / 2), candidates.count - room + 1)
        let shown = first..<min(candidates.count, first + room - 1)
        let rest = [ScreenCell]("  \(shown.upperBound) of \(candidates.count)", theme.faint)
        return head + shown.map(row) + [rest]

        func row(_ index: Int) -> [ScreenCell] {
            let candidate = candidates[index]
            if index == selected {
                return [ScreenCell]("  " + candidate.line, Theme.selected)
            }
            return Self.declaration(candidate.line, indent: "  ", theme, highlight)
        }
    }

    private static func declaration(
        _ text: String, indent: String, _ theme: Theme, _ highlight: (String) -> [Highlight]
    ) -> [ScreenCell] {
        let text = String(text.map { $0.isNewline ? " " : $0 })
        let source = Array(text.utf8)
        var styles = [String](repeating: Theme.plain, count: source.count)
        for piece in highlight(text) {
            for offset in piece.range.clamped(to: source.indices) {
                styles[offset] = theme.style(piece.kind)
            }
        }
        return ScreenLayout(
            prompt: [ScreenCell](indent, Theme.plain), continuation: [], source: source,
            styles: styles, point: 0, columns: .max
        ).rows[0]
    }
}

extension LineEditor.Completion.Candidate {
    fileprivate var isLabel: Bool { text.hasSuffix(":") }

    /// The line that stands for it in a list: its declaration where that names it.
    fileprivate var line: String {
        if note.isEmpty { return text }
        let name = text.drop { $0 == "." || $0 == "?" }
        let bare = isLabel ? name.dropLast() : name
        return note.contains(bare) ? note : "\(text)  \(note)"
    }
}

extension LineEditor {
    /// Tab: indents at the beginning of a line, completes what the cursor stands behind as far as
    /// that is clear, lists what there is, and goes through the list when pressed again.
    func complete(backward: Bool) {
        if menu?.isCurrent == true, menu?.candidates.isEmpty == false {
            return select(backward ? -1 : 1)
        }
        let before = Readline.text(Readline.lineStart..<rl_point)
        if before.allSatisfy({ $0 == " " }) {
            if !backward { rl_insert_text(String(repeating: " ", count: 4 - before.count % 4)) }
            return
        }
        let source = Readline.line
        let cursor = Readline.text(0..<rl_point).unicodeScalars.count
        let reply = assistance.complete(source, cursor)
        let start = Int32(
            String(String.UnicodeScalarView(source.unicodeScalars.prefix(reply.start))).utf8.count)
        guard start <= rl_point else { return }
        let typed = Readline.text(start..<rl_point)
        let candidates = Self.listed(reply.candidates)
        let texts = candidates.map(\.text)
        let common = texts.dropFirst().reduce(texts.first ?? "") { $0.commonPrefix(with: $1) }
        if common.utf8.count > typed.utf8.count { Readline.replace(start..<rl_point, with: common) }
        let heading =
            typed.isEmpty
            ? assistance.signatures(source, cursor)
            : candidates.count == 1 ? [candidates[0].line] : []
        menu = Menu(
            heading: heading, candidates: candidates.count == 1 ? [] : candidates, start: start,
            selected: nil, place: .current)
        if candidates.isEmpty && heading.isEmpty { rl_ding() }
    }

    /// Each candidate once, labels before names, and those in order.
    private static func listed(_ candidates: [Completion.Candidate]) -> [Completion.Candidate] {
        var seen: Set<String> = []
        let all = candidates.filter { !$0.text.isEmpty && seen.insert($0.text).inserted }
        return all.filter(\.isLabel) + all.filter { !$0.isLabel }.sorted { $0.text < $1.text }
    }

    private func select(_ step: Int) {
        guard var menu else { return }
        let count = menu.candidates.count
        let next = menu.selected.map { ($0 + step + count) % count } ?? (step > 0 ? 0 : count - 1)
        Readline.replace(min(menu.start, rl_point)..<rl_point, with: menu.candidates[next].text)
        menu.selected = next
        menu.place = .current
        self.menu = menu
    }
}

extension String {
    /// The longest beginning that both texts share.
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
