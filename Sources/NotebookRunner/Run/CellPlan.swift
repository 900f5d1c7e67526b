/// How the tags of a code cell say it is to be treated. The words are those of nbclient, and of nbval
/// where outputs are compared; nbval's may also stand in a comment, as `// NBVAL_SKIP`.
struct CellPlan {
    /// Whether it stays as it is.
    var isSkipped: Bool

    /// Tags by which a cell may fail.
    static let raisingTags: Set = ["raises-exception", "nbval-raises-exception"]

    /// The plan for a cell; `nil` for one with nothing to run.
    init?(_ cell: NotebookCell, isChecked: Bool) {
        guard cell.source.contains(where: { !$0.isWhitespace }) else { return nil }
        isSkipped =
            cell.tags.contains("skip-execution") || isChecked && cell.markers.contains("nbval-skip")
    }
}

extension NotebookCell {
    /// The cell's tags and the markers of nbval in its comments, written as tags.
    var markers: Set<String> {
        var markers = Set(tags)
        for line in source.split(separator: "\n") {
            let words = line.drop { $0.isWhitespace }
            guard words.hasPrefix("//") else { continue }
            let marker = words.drop { $0 == "/" || $0.isWhitespace }.split(separator: " ").first
            guard let marker, marker.hasPrefix("NBVAL_") else { continue }
            markers.insert(marker.lowercased().replacing("_", with: "-"))
        }
        return markers
    }

    /// The first line that says something.
    var title: String {
        let line = source.split(separator: "\n").first { line in
            line.contains { !$0.isWhitespace }
        }
        let text = line.map(String.init) ?? ""
        return text.count > 60 ? text.prefix(59) + "…" : text
    }
}
