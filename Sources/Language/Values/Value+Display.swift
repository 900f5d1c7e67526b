import Hosting

extension Value: Displayable {
    /// The longest text, in bytes, that a collection with forms of its own is still written out in.
    private static let longestText = 1000
    /// The most rows that a table of tuples has.
    private static let mostRows = 100

    /// The forms of the value: those of a foreign value that has some, those of the foreign values
    /// in a collection together, a table of an array of labelled tuples, and else the text alone.
    public func mimeBundle() throws -> MIMEBundle {
        switch self {
        case .some(let inner): return try inner.mimeBundle(or: debugText)
        case .object(let object):
            guard let displayable = object.base as? any Displayable else { break }
            return try displayable.mimeBundle()
        case .structure(let instance):
            if let bundle = try instance.type.forms?(self) { return bundle }
        case .array(let values):
            let unnamed = values.lazy.map { (name: "", value: $0) }
            if let bundle = try shown(unnamed) ?? table(values) { return bundle }
        case .slice(let values):
            let unnamed = values.lazy.map { (name: "", value: $0) }
            if let bundle = try shown(unnamed) ?? table(values) { return bundle }
        case .dictionary(let pairs):
            let named = pairs.map { (name: $0.key.description, value: $0.value) }
            if let bundle = try shown(named.sorted { $0.name < $1.name }) { return bundle }
        default: break
        }
        return MIMEBundle(plain: debugText)
    }

    /// The forms of what an optional holds: its text says that it is one.
    private func mimeBundle(or text: String) throws -> MIMEBundle {
        guard case .object(let object) = self, object.base is any Displayable else {
            return MIMEBundle(plain: text)
        }
        return try mimeBundle()
    }

    /// The forms of foreign values together; `nil` where they have none. A tuple of a text and a
    /// value is a value with a name.
    private func shown(
        _ entries: some Sequence<(name: String, value: Value)>
    ) throws -> MIMEBundle? {
        var values: [(name: String, value: Any)] = []
        for entry in entries {
            guard let value = Self.foreign(entry) else { return nil }
            values.append(value)
        }
        guard var bundle = try MIMEBundle(together: values) else { return nil }
        if let text = debugText(within: Self.longestText) { bundle["text/plain"] = .text(text) }
        return bundle
    }

    private static func foreign(
        _ entry: (name: String, value: Value)
    ) -> (name: String, value: Any)? {
        switch entry.value {
        case .object(let object): return (entry.name, object.base)
        case .tuple(let tuple):
            guard tuple.elements.count == 2, case .string(let name) = tuple.elements[0],
                case .object(let object) = tuple.elements[1]
            else { return nil }
            return (name, object.base)
        default: return nil
        }
    }

    /// Tuples with labels as a table with a column for each; `nil` for anything else.
    private func table(_ values: some Collection<Value>) -> MIMEBundle? {
        guard case .tuple(let first)? = values.first, !first.labels.contains("") else { return nil }
        var words = Set(first.labels.indices)
        var rows: [[String]] = []
        for value in values.prefix(Self.mostRows) {
            guard case .tuple(let tuple) = value, tuple.labels == first.labels else { return nil }
            for (column, element) in tuple.elements.enumerated() where element.isFigure {
                words.remove(column)
            }
            rows.append(tuple.elements.map(\.cellText))
        }
        var table = TextTable(columns: first.labels, wordColumns: words)
        table.rows = rows
        if values.count > rows.count { table.footer = ["and \(values.count - rows.count) more"] }
        var bundle = MIMEBundle(plain: debugText)
        bundle["text/html"] = .text(table.html)
        return bundle
    }

    private var isFigure: Bool {
        switch self {
        case .int, .double, .float: true
        default: false
        }
    }

    /// The text of one cell of a table.
    private var cellText: String {
        switch self {
        case .string(let text): text
        case .double(let value): formatted(value)
        case .float(let value): formatted(Double(value))
        default: shortText
        }
    }
}
