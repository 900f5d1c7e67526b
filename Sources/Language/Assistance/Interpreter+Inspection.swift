import SwiftParser
import SwiftSyntax

extension Interpreter {
    /// What is known about the name at a UTF-8 offset of the source; between the parentheses of a
    /// call, about the function called.
    public func inspect(_ source: String, at offset: Int) -> Inspection? {
        let bytes = Array(source.utf8)
        guard BracketDepth.firstBeyondLimit(in: bytes) == nil else { return nil }
        let tree = Parser.parse(source: source)
        let guess = TypeGuess(
            index: index, snapshot: published.withLock { $0 }, tree: tree)
        let place = min(max(0, offset), bytes.count)
        let inspector = Inspector(guess: guess)
        let token = Array(tree.tokens(viewMode: .sourceAccurate)).last { token in
            token.positionAfterSkippingLeadingTrivia.utf8Offset <= place
                && token.endPositionBeforeTrailingTrivia.utf8Offset >= place
                && inspector.isName(token)
        }
        if let token, let found = inspector.inspect(token) { return found }
        return inspector.call(around: place, in: tree)
    }

    /// The declarations of the function whose parentheses stand around a UTF-8 offset.
    public func callSignatures(_ source: String, at offset: Int) -> [String] {
        let bytes = Array(source.utf8)
        guard BracketDepth.firstBeyondLimit(in: bytes) == nil else { return [] }
        let tree = Parser.parse(source: source)
        let guess = TypeGuess(index: index, snapshot: published.withLock { $0 }, tree: tree)
        let place = min(max(0, offset), bytes.count)
        return Inspector(guess: guess).call(around: place, in: tree)?.signatures ?? []
    }
}

/// Tells what stands at a place.
struct Inspector {
    let guess: TypeGuess
    private var index: LibraryIndex { guess.index }

    func isName(_ token: TokenSyntax) -> Bool {
        switch token.tokenKind {
        case .identifier, .dollarIdentifier, .keyword(.self), .keyword(.`init`): true
        default: false
        }
    }

    func inspect(_ token: TokenSyntax) -> Inspection? {
        let name = token.text
        guard let node = token.parent else { return nil }
        if let argument = node.as(LabeledExprSyntax.self), argument.label?.id == token.id,
            let call = argument.parent?.parent?.as(FunctionCallExprSyntax.self)
        {
            return parameter(name, of: call)
        }
        if let member = node.parent?.as(MemberAccessExprSyntax.self), member.declName.id == node.id
        {
            return self.member(name, member)
        }
        if let found = guess.visible(name, at: node) { return local(found) }
        return named(name)
    }

    // MARK: Names

    private func local(_ found: VisibleName) -> Inspection {
        let type = found.type().map { "\($0)" } ?? ""
        let plain = type.isEmpty ? found.name : "\(found.name): \(type)"
        return Inspection(
            name: found.name, signatures: [found.signature.isEmpty ? plain : found.signature],
            type: type, value: nil, documentation: found.documentation, example: "")
    }

    private func named(_ name: String) -> Inspection? {
        if let entry = guess.snapshot.entries[name] {
            return Inspection(
                name: name, signatures: entry.signatures, type: entry.type,
                value: entry.kind == "variable" ? entry.summary : nil,
                documentation: entry.documentation, example: "")
        }
        if let rows = index.functions[name] ?? index.initializers[name] {
            return inspection(name, rows)
        }
        if let row = index.constants[name] { return inspection(name, [row]) }
        if let type = index.types[name] {
            return Inspection(
                name: name, signatures: [name], type: "\(name).Type", value: nil,
                documentation: type.summary, example: "")
        }
        // A member's name alone, as in `?reshaped`.
        return anyMember(name).map { inspection(name, $0) }
    }

    private func anyMember(_ name: String) -> [Binding]? {
        let tables = index.allMembers.sorted { $0.key < $1.key }
        return tables.lazy.compactMap { $0.value[name] }.first
            ?? index.statics.sorted { $0.key < $1.key }.lazy.compactMap { $0.value[name] }.first
    }

    // MARK: Members and parameters

    private func member(_ name: String, _ syntax: MemberAccessExprSyntax) -> Inspection? {
        let type =
            syntax.base.map { guess.type(of: $0) }
            ?? guess.expected(at: Syntax(syntax)).first.map { .metatype(TypeGuess.unwrapped($0)) }
        guard let type else { return anyMember(name).map { inspection(name, $0) } }
        let facts: TypeFacts.Member?
        let rows: [Binding]?
        if case .metatype(let instance) = type {
            facts = guess.facts(instance)?.statics[name]
            rows = index.statics[instance.memberTable]?[name]
        } else {
            facts = guess.facts(type)?.members[name]
            rows = guess.rows(name, of: type) ?? guess.rows(name, of: TypeGuess.unwrapped(type))
        }
        if let facts {
            return Inspection(
                name: name, signatures: [facts.signature],
                type: facts.type.map { "\($0)" } ?? "", value: nil,
                documentation: facts.documentation, example: "")
        }
        if let rows { return inspection(name, rows) }
        if case .tuple = type, let part = guess.member(name, of: type) {
            return Inspection(
                name: name, signatures: ["\(name): \(part)"], type: "\(part)", value: nil,
                documentation: "", example: "")
        }
        return nil
    }

    private func parameter(_ label: String, of call: FunctionCallExprSyntax) -> Inspection? {
        let found = guess.parameters(of: call).lazy.flatMap { $0 }.first { $0.label == label }
        guard let found else { return nil }
        return Inspection(
            name: label, signatures: [found.description], type: "\(found.type)", value: nil,
            documentation: found.note, example: "")
    }

    /// The function of the innermost call whose parentheses stand around a place.
    func call(around place: Int, in tree: SourceFileSyntax) -> Inspection? {
        var found: FunctionCallExprSyntax?
        var pending = [Syntax(tree)]
        while let next = pending.popLast() {
            if let call = next.as(FunctionCallExprSyntax.self), let open = call.leftParen {
                let isInside =
                    open.endPositionBeforeTrailingTrivia.utf8Offset <= place
                    && (call.rightParen.map {
                        $0.presence == .missing
                            || $0.positionAfterSkippingLeadingTrivia.utf8Offset >= place
                    } ?? true)
                if isInside, found.map({ $0.position <= call.position }) ?? true { found = call }
            }
            pending.append(contentsOf: next.children(viewMode: .sourceAccurate))
        }
        let name = found?.calledExpression.lastToken(viewMode: .sourceAccurate)
        return name.flatMap { isName($0) ? inspect($0) : nil }
    }

    private func inspection(_ name: String, _ rows: [Binding]) -> Inspection {
        var lines = index.types[name].map { [$0.summary] } ?? []
        lines.append(rows[0].summary)
        var told: Set<String> = []
        for parameter in rows.flatMap(\.parameters)
        where !parameter.note.isEmpty && told.insert(parameter.name).inserted {
            lines.append("\(parameter.name): \(parameter.note)")
        }
        return Inspection(
            name: name, signatures: rows.map(\.signature), type: rows[0].functionType.description,
            value: nil, documentation: lines.filter { !$0.isEmpty }.joined(separator: "\n"),
            example: rows.first { !$0.example.isEmpty }?.example ?? "")
    }
}
