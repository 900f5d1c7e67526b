import Language

/// The generated reference: every name with its signature, its result, what it does and an example.
public enum Reference {
    /// The whole reference as Markdown, grouped as the language's own description is.
    public static func markdown() -> String {
        let groups = visionRowGroups()
        var text = "# Reference\n\nEvery name, generated from the rows the language is made of.\n"
        text +=
            "\n" + groups.map { "- [\($0.title)](#\(anchor($0.title)))" }.joined(separator: "\n")
        for group in groups { text += "\n\n## \(group.title)\n\n" + section(group.rows) }
        return text + "\n"
    }

    /// Rows of any library under one heading for each type they belong to.
    public static func markdown(_ library: Library) -> String {
        var order: [String] = []
        var rows: [String: [Binding]] = [:]
        for row in library.bindings {
            let title = row.owner ?? (row.kind == .operator ? "Operators" : "Functions")
            if rows[title] == nil { order.append(title) }
            rows[title, default: []].append(row)
        }
        let sections = order.map { title in "## \(title)\n\n" + section(rows[title] ?? []) }
        return "# Reference\n\n" + sections.joined(separator: "\n\n") + "\n"
    }

    private static func section(_ rows: [Binding]) -> String {
        rows.map(entry).joined(separator: "\n\n")
    }

    private static func entry(_ row: Binding) -> String {
        var lines = ["### `\(row.declaration)`", "", row.summary]
        let notes = row.parameters.filter { !$0.note.isEmpty }.map { "- `\($0.name)`: \($0.note)" }
        if !notes.isEmpty { lines += [""] + notes }
        if !row.example.isEmpty { lines += ["", "```swift", row.example, "```"] }
        return lines.joined(separator: "\n")
    }

    /// The anchor that Markdown renderers give a heading.
    private static func anchor(_ title: String) -> String {
        title.lowercased().split(separator: " ").joined(separator: "-")
    }
}

extension Binding {
    /// The signature with the type it belongs to: `Tensor.reshaped(_ shape: Int...) -> Tensor`.
    fileprivate var declaration: String {
        switch kind {
        case .function, .operator, .initializer, .constant: return signature
        case .method(let owner): return "\(owner).\(signature)"
        case .staticMethod(let owner): return "static \(owner).\(signature)"
        case .staticProperty(let owner): return "static \(owner).\(signature)"
        case .property(let owner, let settable):
            return "\(owner).\(signature)" + (settable ? " { get set }" : "")
        case .subscript(let owner, let settable):
            return "\(owner).\(signature)" + (settable ? " { get set }" : "")
        }
    }
}
