/// What is worth saying of a cell that can run.
extension Checker {
    /// Keeps a warning with its place.
    func warn(_ message: String, _ span: Span, suggestion: String? = nil) {
        warnings.append(error(.syntax, message, span, suggestion: suggestion).asWarning)
    }

    /// Warns of a statement that computes something and leaves it; one that names a function is a
    /// mistake, in Swift too.
    func warnIfUnused(_ statement: Stmt) {
        guard case .expression(let expression) = statement.kind, expression.type != .void,
            expression.type != .never, let what = unused(expression)
        else { return }
        if let call = callHint(expression) {
            mistakes.append(
                error(
                    .syntax, "this names a function without calling it", expression.span,
                    suggestion: call))
            return
        }
        warn("\(what) is not used", expression.span, suggestion: useHint(expression))
    }

    /// What a statement leaves unused; `nil` where it may have done something.
    private func unused(_ expression: Expr) -> String? {
        switch expression.kind {
        case .convert(let inner), .box(let inner), .chain(let inner), .wrap(let inner),
            .chainLink(let inner), .unwrap(let inner):
            return unused(inner)
        case .binary(let operation, _, _): return "the result of '\(operation.symbol)'"
        case .negate: return "the result of '-'"
        case .not: return "the result of '!'"
        case .complement: return "the result of '~'"
        case .coalesce: return "the result of '??'"
        case .callNative(let row, _): return unused(row)
        case .call(let function, _):
            return function.isDiscardable ? nil : "the result of '\(function.name)'"
        case .function: return "this function"
        case .dynamicMember(_, let name):
            if case .function = expression.type { return "this function" }
            return "'\(name)'"
        case .int, .double, .bool, .constant, .interpolation, .local, .global, .array, .dictionary,
            .tuple, .range, .element, .lookup, .field, .tupleElement, .construct, .enumCase,
            .closure, .isType, .type:
            return "this value"
        default: return nil
        }
    }

    /// Rows that give a changed copy of what they are called on, and free functions of it.
    private func unused(_ row: Binding) -> String? {
        switch row.kind {
        case .property, .subscript, .staticProperty, .constant: return "'\(row.name)'"
        case .operator: return "the result of '\(row.name)'"
        case .initializer(let owner): return "this \(owner)"
        case .method(let owner):
            let isCopy = row.result.memberTable == owner || library.types[owner] == nil
            return isCopy ? "the result of '\(row.name)'" : nil
        case .function, .staticMethod:
            let isValue = ["Tensor", "Image", "Array", "Double"].contains(row.result.memberTable)
            return isValue ? "the result of '\(row.name)'" : nil
        }
    }

    private static let changing = [
        "sorted": "sort", "reversed": "reverse", "shuffled": "shuffle", "union": "formUnion",
        "subtracting": "subtract", "intersection": "formIntersection", "merging": "merge",
        "dropFirst": "removeFirst", "dropLast": "removeLast", "negated": "negate",
    ]

    private func useHint(_ expression: Expr) -> String? {
        let text = sourceText(expression.span)
        guard text.count <= 60, !text.contains("\n") else { return nil }
        var kind = expression.kind
        if case .convert(let inner) = kind { kind = inner.kind }
        if case .callNative(let row, let values) = kind, let base = values.first {
            let name = sourceText(base.span)
            let isName =
                !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
            if case .method(let owner) = row.kind, isName {
                if let other = Self.changing[row.name],
                    library.member(other, of: owner)?.first?.isMutating == true
                {
                    return "\(other)() changes \(name) itself; \(row.name)() gives a new \(owner)"
                }
                if row.result.memberTable == owner { return "write \(name) = \(text)" }
            }
        }
        return "write let result = \(text), or _ = \(text)"
    }

    /// Warns of `"{x}"`, which stands as it is where `\(x)` was meant.
    func warnOfBraces(_ text: String, _ place: Span) {
        guard text.count <= 200, let open = text.firstIndex(of: "{") else { return }
        let name = String(
            text[text.index(after: open)...].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        let end = text.index(open, offsetBy: name.count + 1)
        guard !name.isEmpty, end < text.endIndex, text[end] == "}" || text[end] == ":" else {
            return
        }
        switch lookup(name) {
        case .variable?, .global?:
            warn(
                "'{\(name)}' stands in this text as it is", place,
                suggestion: "\\(\(name)) puts the value in")
        default: break
        }
    }

    /// Warns of `5 // 2`, whose second half is a comment.
    func warnOfSwallowedDivisions() {
        var line = source.line(at: 0)
        while true {
            if let mark = division(in: line) {
                warn(
                    "'//' begins a comment, so what follows does not count",
                    Span(offset: Int32(mark), length: Int32(line.upperBound - mark)),
                    suggestion: "/ between Ints divides without a rest")
            }
            guard let next = source.line(after: line) else { return }
            line = next
        }
    }

    /// Where a line ends with a value, `//` and a number alone.
    private func division(in line: Range<Int>) -> Int? {
        let bytes = source.bytes[line]
        guard bytes.count > 4,
            let slash = bytes.indices.dropLast().last(where: {
                bytes[$0] == 47 && bytes[$0 + 1] == 47
            }),
            slash > line.lowerBound, bytes[slash - 1] != 47
        else { return nil }
        let rest = bytes[(slash + 2)...].filter { $0 != 32 && $0 != 41 }
        guard !rest.isEmpty, rest.allSatisfy({ $0 >= 48 && $0 <= 57 || $0 == 46 }) else {
            return nil
        }
        let before = bytes[..<slash]
        guard before.filter({ $0 == 34 }).count.isMultiple(of: 2),
            let last = before.last(where: { $0 != 32 })
        else { return nil }
        let isValue =
            last == 41 || last == 93 || last == 95 || (48...57).contains(last)
            || (65...90).contains(last) || (97...122).contains(last)
        return isValue && before.contains(61) || isValue && before.contains(40) ? slash : nil
    }
}
