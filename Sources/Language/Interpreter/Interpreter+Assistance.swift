import SwiftParser
import SwiftSyntax

extension Interpreter {
    /// Whether the source can run as it stands, needs more lines or never will.
    public func completeness(of source: String) -> Completeness {
        let text = SourceText(source, cell: "input")
        if let deep = BracketDepth.firstBeyondLimit(in: text.bytes) {
            return .invalid(BracketDepth.error(in: text, at: deep))
        }
        let tree = Parser.parse(source: source)
        guard tree.hasError, let fault = SyntaxFault.first(in: tree) else { return .complete }
        if fault.isAtEnd,
            fault.message != "the closing quote is missing here" || source.contains("\"\"\"")
        {
            return .incomplete(indent: Self.indent(after: source))
        }
        return .invalid(
            ScriptError(
                .syntax, fault.message,
                at: text.location(Int(fault.span.offset), length: Int(fault.span.length)),
                suggestion: fault.suggestion))
    }

    /// The indent of the next line: that of the last one, and a step more after an opening bracket.
    private static func indent(after source: String) -> String {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        guard let last = lines.last(where: { !$0.allSatisfy(\.isWhitespace) }) else { return "" }
        let lead = String(last.prefix { $0 == " " || $0 == "\t" })
        let opened = last.filter { "{([".contains($0) }.count
        let closed = last.filter { "})]".contains($0) }.count
        let opensClosure = last.hasSuffix(" in") && last.contains("{")
        return opened > closed || opensClosure ? lead + "    " : lead
    }

    /// What can be written at a UTF-8 offset of the source.
    public func complete(_ source: String, at offset: Int) -> Completions {
        let cursor = Cursor(source, offset)
        let snapshot = published.withLock { $0 }
        var items: [Completions.Item] = []
        if cursor.followsDot {
            items = members(of: cursor.base, cursor, snapshot)
        } else {
            items = labels(cursor, snapshot) + names(cursor, snapshot)
        }
        var seen: Set<String> = []
        let fitting = items.filter {
            $0.text.hasPrefix(cursor.prefix) && seen.insert($0.text).inserted
        }
        return Completions(items: fitting, replacing: cursor.start..<cursor.offset)
    }

    private func item(_ name: String, _ rows: [Binding]) -> Completions.Item {
        var kind = "function"
        switch rows.first?.kind {
        case .property?, .staticProperty?: kind = "property"
        case .method?, .staticMethod?: kind = "method"
        default: break
        }
        return .init(
            text: name, kind: kind, signature: rows.first?.signature ?? "",
            summary: rows.first?.summary ?? "")
    }

    private func rows(of table: String) -> [Completions.Item] {
        index.memberNames(of: table).compactMap { name in
            index.member(name, of: table).map { item(name, $0) }
        }
    }

    private func members(of base: String, _ cursor: Cursor, _ snapshot: Snapshot) -> [Completions
        .Item]
    {
        if base.isEmpty { return implicit(cursor) }
        if let entry = snapshot.entries[base] {
            let own = entry.members.sorted { $0.key < $1.key }.map {
                Completions.Item(text: $0.key, kind: "property", signature: $0.value, summary: "")
            }
            return own
                + (entry.kind == "variable"
                    ? rows(of: entry.memberTable) : statics(entry.memberTable))
        }
        if index.statics[base] != nil { return statics(base) }
        switch base.last {
        case "]": return rows(of: "Array")
        case "\"": return rows(of: "String")
        default: break
        }
        if let type = cursor.localTypes[base] { return rows(of: type) }
        if let function = index.functions[cursor.calledBase]?.first {
            return rows(of: function.result.memberTable)
        }
        return []
    }

    private func statics(_ table: String) -> [Completions.Item] {
        (index.statics[table] ?? [:]).sorted { $0.key < $1.key }.map { item($0.key, $0.value) }
    }

    /// `.name` inside a call: the static members that its parameters' types have.
    private func implicit(_ cursor: Cursor) -> [Completions.Item] {
        let parameters = callees(cursor.callee).flatMap(\.parameters)
        let wanted = parameters.filter { cursor.label.isEmpty || $0.label == cursor.label }
        return wanted.flatMap { parameter -> [Completions.Item] in
            var tables = [parameter.type.memberTable]
            if case .oneOf(_, let types) = parameter.type { tables += types.map(\.memberTable) }
            return tables.flatMap(statics)
        }
    }

    private func callees(_ name: String) -> [Binding] {
        guard !name.isEmpty else { return [] }
        return (index.functions[name] ?? []) + (index.initializers[name] ?? [])
            + index.anyMember(name)
    }

    private func labels(_ cursor: Cursor, _ snapshot: Snapshot) -> [Completions.Item] {
        var labels = callees(cursor.callee).flatMap { row in
            row.parameters.compactMap { parameter in
                parameter.label.map { ($0, parameter.description, parameter.note) }
            }
        }
        if let entry = snapshot.entries[cursor.callee] {
            labels += entry.labels.map { ($0, "", "") }
        }
        return labels.map {
            .init(text: $0.0 + ":", kind: "label", signature: $0.1, summary: $0.2)
        }
    }

    private static let keywords = [
        "let", "var", "func", "if", "else", "for", "in", "while", "repeat", "switch", "case",
        "default", "return", "break", "continue", "guard", "struct", "enum", "extension", "do",
        "catch", "throw", "try", "defer", "true", "false", "nil", "where", "import",
    ]

    private func names(_ cursor: Cursor, _ snapshot: Snapshot) -> [Completions.Item] {
        var result = cursor.locals.map {
            Completions.Item(text: $0, kind: "variable", signature: "", summary: "")
        }
        for name in snapshot.order.reversed() {
            guard let entry = snapshot.entries[name] else { continue }
            result.append(
                .init(
                    text: name, kind: entry.kind, signature: entry.signatures.first ?? "",
                    summary: entry.summary))
        }
        result += index.functions.keys.sorted().map { item($0, index.functions[$0] ?? []) }
        let types = Set(index.types.keys).union(index.initializers.keys)
        result += types.sorted().map {
            .init(
                text: $0, kind: "type", signature: index.initializers[$0]?.first?.signature ?? "",
                summary: index.types[$0]?.summary ?? "")
        }
        if !cursor.prefix.isEmpty {
            result += Self.keywords.map {
                .init(text: $0, kind: "keyword", signature: "", summary: "")
            }
        }
        return result
    }

    /// What is known about the name at a UTF-8 offset of the source.
    public func inspect(_ source: String, at offset: Int) -> Inspection? {
        let cursor = Cursor(source, offset, wholeWord: true)
        let snapshot = published.withLock { $0 }
        let name = cursor.prefix
        guard !name.isEmpty else {
            return cursor.callee.isEmpty || cursor.callee == name
                ? nil : inspect(cursor.callee, at: cursor.callee.utf8.count)
        }
        if cursor.followsDot {
            let table = snapshot.entries[cursor.base]?.memberTable ?? cursor.base
            let found =
                index.member(name, of: table) ?? index.statics[table]?[name]
                ?? index.anyMember(name).nonEmpty
            return found.map { inspection(name, $0) }
        }
        if let entry = snapshot.entries[name] {
            return Inspection(
                name: name, signatures: entry.signatures, type: entry.type,
                value: entry.kind == "variable" ? entry.summary : nil,
                documentation: entry.documentation, example: "")
        }
        if let rows = index.functions[name] ?? index.initializers[name] {
            return inspection(name, rows)
        }
        if let type = index.types[name] {
            return Inspection(
                name: name, signatures: [name], type: "\(name).Type", value: nil,
                documentation: type.summary, example: "")
        }
        return index.anyMember(name).nonEmpty.map { inspection(name, $0) }
    }

    private func inspection(_ name: String, _ rows: [Binding]) -> Inspection {
        let notes = rows[0].parameters.filter { !$0.note.isEmpty }.map { "\($0.name): \($0.note)" }
        let summary = index.types[name].map { [$0.summary] } ?? []
        return Inspection(
            name: name, signatures: rows.map(\.signature), type: rows[0].functionType.description,
            value: nil,
            documentation: (summary + [rows[0].summary] + notes).filter { !$0.isEmpty }
                .joined(separator: "\n"),
            example: rows.first { !$0.example.isEmpty }?.example ?? "")
    }
}

extension Array {
    fileprivate var nonEmpty: [Element]? { isEmpty ? nil : self }
}

extension LibraryIndex {
    /// The rows of a member whatever type has it.
    func anyMember(_ name: String) -> [Binding] {
        allMembers.values.compactMap { $0[name] }.first ?? []
    }
}
