import SwiftParser
import SwiftSyntax

extension Interpreter {
    /// What can be written at a UTF-8 offset of the source.
    public func complete(_ source: String, at offset: Int) -> Completions {
        guard let place = CompletionPlace(source, at: offset) else {
            return Completions(items: [], replacing: offset..<offset)
        }
        let snapshot = published.withLock { $0 }
        let finder = CompletionFinder(
            guess: TypeGuess(index: index, snapshot: snapshot, tree: place.tree), place: place)
        var found = finder.completions()
        var seen: Set<String> = []
        let typed = place.typed(from: found.replacing.lowerBound)
        found.items = found.items.filter {
            ($0.text.hasPrefix(typed) || $0.text.hasPrefix("?" + typed))
                && seen.insert($0.text).inserted
        }
        return found
    }
}

/// The place in a source where something is being written. What follows it is left away, and a mark
/// stands in the place of the word begun, so that the rest parses.
struct CompletionPlace {
    static let mark = "__cursor__"

    let tree: SourceFileSyntax
    /// The token that holds the mark.
    let token: TokenSyntax
    /// Where the word begun starts, and where it ends.
    let start: Int
    let offset: Int
    private let bytes: [UInt8]

    init?(_ source: String, at wanted: Int) {
        bytes = Array(source.utf8)
        offset = min(max(0, wanted), bytes.count)
        var start = offset
        while start > 0, Self.isWord(bytes[start - 1]) { start -= 1 }
        self.start = start
        guard BracketDepth.firstBeyondLimit(in: Array(bytes[..<start])) == nil else { return nil }
        tree = Parser.parse(source: String(decoding: bytes[..<start], as: UTF8.self) + Self.mark)
        guard
            let token = tree.tokens(viewMode: .sourceAccurate).reversed().first(where: {
                $0.text.contains(Self.mark)
            })
        else { return nil }
        self.token = token
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 128 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
            || (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90)
            || (byte >= 97 && byte <= 122)
    }

    /// What has been typed from an offset on.
    func typed(from lower: Int) -> String {
        String(decoding: bytes[min(lower, offset)..<offset], as: UTF8.self)
    }
}

/// Finds what fits a place.
struct CompletionFinder {
    let guess: TypeGuess
    let place: CompletionPlace

    private var index: LibraryIndex { guess.index }
    private var snapshot: Snapshot { guess.snapshot }

    func completions() -> Completions {
        let word = place.start..<place.offset
        if case .stringSegment = place.token.tokenKind { return texts() }
        guard let node = place.token.parent else { return Completions(items: [], replacing: word) }
        if node.is(IdentifierTypeSyntax.self) {
            return Completions(items: types(), replacing: word)
        }
        if let member = node.parent?.as(MemberAccessExprSyntax.self), member.declName.id == node.id
        {
            guard let base = member.base else {
                return Completions(items: implicit(member), replacing: word)
            }
            guard let type = guess.type(of: base) else {
                return Completions(items: [], replacing: word)
            }
            return members(of: type, after: member.period)
        }
        return Completions(items: labels(node) + names(node), replacing: word)
    }

    // MARK: Members

    private func members(of type: ScriptType, after period: TokenSyntax) -> Completions {
        let word = place.start..<place.offset
        guard case .optional(let inner) = type else {
            return Completions(items: members(of: type), replacing: word)
        }
        // `?.` reaches what may be inside; it takes the place of the dot.
        let items =
            members(of: inner).map { ("?." + $0.text, $0) }
            + members(of: type).map { ("." + $0.text, $0) }
        return Completions(
            items: items.map { text, item in
                var item = item
                item.text = text
                return item
            }, replacing: period.positionAfterSkippingLeadingTrivia.utf8Offset..<place.offset)
    }

    private func members(of type: ScriptType) -> [Completions.Item] {
        if case .metatype(let instance) = type { return statics(of: instance) }
        if case .tuple(let types, let labels) = type {
            return types.indices.map { position in
                let label = position < labels.count ? labels[position] : ""
                let name = label.isEmpty ? String(position) : label
                return .init(
                    text: name, kind: "property", signature: "\(name): \(types[position])",
                    summary: "")
            }
        }
        let own = (guess.facts(type)?.members ?? [:]).filter { $0.value.kind != "subscript" }
        let rows = guess.tables(of: type).flatMap { table in
            index.memberNames(of: table).compactMap { name in
                index.member(name, of: table).map { item(name, $0) }
            }
        }
        return own.sorted { $0.key < $1.key }.map(item) + rows
    }

    private func statics(of type: ScriptType) -> [Completions.Item] {
        let own = (guess.facts(type)?.statics ?? [:]).sorted { $0.key < $1.key }.map(item)
        var tables = [type.memberTable]
        if case .oneOf(_, let types) = type { tables += types.map(\.memberTable) }
        if case .optional(let inner) = type { return own + statics(of: inner) }
        let rows = tables.flatMap { table in
            (index.statics[table] ?? [:]).sorted { $0.key < $1.key }.map { item($0.key, $0.value) }
        }
        return own + rows
    }

    private func item(_ name: String, _ member: TypeFacts.Member) -> Completions.Item {
        .init(
            text: name, kind: member.kind, signature: member.signature,
            summary: member.documentation)
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

    /// `.name`, whose type the place around it asks for.
    private func implicit(_ member: MemberAccessExprSyntax) -> [Completions.Item] {
        var seen: Set<ScriptType> = []
        return guess.expected(at: Syntax(member)).filter { seen.insert($0).inserted }
            .flatMap(statics)
    }

    // MARK: Labels and names

    /// The labels that an argument begun here can have.
    private func labels(_ node: Syntax) -> [Completions.Item] {
        guard let argument = node.parent?.as(LabeledExprSyntax.self), argument.label == nil,
            let call = argument.parent?.parent?.as(FunctionCallExprSyntax.self)
        else { return [] }
        let given = Set(call.arguments.compactMap { $0.label?.text })
        return guess.parameters(of: call).flatMap { parameters in
            parameters.compactMap { parameter in
                guard let label = parameter.label, !given.contains(label) else { return nil }
                return .init(
                    text: label + ":", kind: "label", signature: parameter.description,
                    summary: parameter.note)
            }
        }
    }

    private static let keywords = [
        "let", "var", "func", "if", "else", "for", "in", "while", "repeat", "switch", "case",
        "default", "return", "break", "continue", "guard", "struct", "enum", "extension", "do",
        "catch", "throw", "try", "defer", "true", "false", "nil", "where", "import", "self",
        "mutating", "static", "init", "fallthrough", "throws", "inout",
    ]

    private func names(_ node: Syntax) -> [Completions.Item] {
        var result = guess.visibleNames(at: node).filter { $0.name != CompletionPlace.mark }.map {
            Completions.Item(
                text: $0.name, kind: $0.kind,
                signature: $0.signature.isEmpty
                    ? $0.type().map { type in "\(type)" } ?? "" : $0.signature,
                summary: $0.documentation)
        }
        for name in snapshot.order.reversed() {
            guard let entry = snapshot.entries[name] else { continue }
            result.append(
                .init(
                    text: name, kind: entry.kind, signature: entry.signatures.first ?? "",
                    summary: entry.summary))
        }
        result += index.functions.keys.sorted().map { item($0, index.functions[$0] ?? []) }
        result += index.constants.keys.sorted().map {
            item($0, index.constants[$0].map { [$0] } ?? [])
        }
        result += types()
        if place.offset > place.start {
            result += Self.keywords.map {
                .init(text: $0, kind: "keyword", signature: "", summary: "")
            }
        }
        return result
    }

    private func types() -> [Completions.Item] {
        let declared = snapshot.order.compactMap { snapshot.entries[$0] }.filter {
            $0.kind == "type"
        }
        let own =
            guess.local.values.map { ($0.name, $0.signature, "") }
            + declared.map { ($0.name, $0.signatures.first ?? "", $0.documentation) }
        let library = Set(index.types.keys).union(index.initializers.keys).union(["Any", "Void"])
            .map {
                ($0, index.initializers[$0]?.first?.signature ?? "", index.types[$0]?.summary ?? "")
            }
        return (own + library).sorted { $0.0 < $1.0 }.map {
            .init(text: $0.0, kind: "type", signature: $0.1, summary: $0.2)
        }
    }

    // MARK: Texts

    /// Inside quotes: the keys of what is being asked, or a path.
    private func texts() -> Completions {
        let start = place.token.positionAfterSkippingLeadingTrivia.utf8Offset
        var result = Completions(items: [], replacing: start..<place.offset)
        var node = place.token.parent
        while let next = node, !next.is(StringLiteralExprSyntax.self) { node = next.parent }
        guard let argument = node?.parent?.as(LabeledExprSyntax.self) else { return result }
        if let access = argument.parent?.parent?.as(SubscriptCallExprSyntax.self) {
            result.items = keys(of: access.calledExpression).map {
                .init(text: $0, kind: "key", signature: "", summary: "")
            }
        } else if argument.parent?.parent?.is(FunctionCallExprSyntax.self) == true {
            result.path = place.typed(from: start)
        }
        return result
    }

    private func keys(of base: ExprSyntax) -> [String] {
        guard let name = base.as(DeclReferenceExprSyntax.self)?.baseName.text else { return [] }
        if let literal = guess.initialValue(of: name, at: Syntax(base))?.as(
            DictionaryExprSyntax.self),
            case .elements(let list) = literal.content
        {
            return list.compactMap {
                $0.key.as(StringLiteralExprSyntax.self)?.representedLiteralValue
            }
        }
        return snapshot.entries[name]?.keys ?? []
    }
}
