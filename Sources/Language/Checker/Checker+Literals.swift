import SwiftSyntax

extension Checker {
    func integer(_ syntax: IntegerLiteralExprSyntax, _ expected: ScriptType?) throws(ScriptError)
        -> Expr
    {
        let text = syntax.literal.text.filter { $0 != "_" }
        let radix =
            text.hasPrefix("0x") ? 16 : text.hasPrefix("0o") ? 8 : text.hasPrefix("0b") ? 2 : 10
        let digits = radix == 10 ? text : String(text.dropFirst(2))
        let place = span(syntax)
        guard let value = Int(digits, radix: radix) else {
            if let wide = Double(digits), radix == 10, expected == .double {
                return Expr(.double(wide), .double, place)
            }
            throw error(
                .arithmetic, "the literal \(syntax.literal.text) does not fit in Int", syntax)
        }
        let literal = Expr(.int(value), .int, place)
        literal.isFlexible = true
        return adapted(literal, expected)
    }

    func floating(_ syntax: FloatLiteralExprSyntax, _ expected: ScriptType?) throws(ScriptError)
        -> Expr
    {
        let text = syntax.literal.text.filter { $0 != "_" }
        guard let value = Double(text) else {
            throw error(.syntax, "'\(text)' is not a number", syntax)
        }
        let literal = Expr(.double(value), .double, span(syntax))
        literal.isFlexible = true
        return adapted(literal, expected)
    }

    /// A literal as the number type that is wanted.
    func adapted(_ literal: Expr, _ expected: ScriptType?) -> Expr {
        switch expected {
        case .double?, .float?: _ = adapt(literal, to: expected ?? .double)
        case .optional(let inner)?: return adapted(literal, inner)
        default: break
        }
        return literal
    }

    func string(_ syntax: StringLiteralExprSyntax, _ expected: ScriptType?) throws(ScriptError)
        -> Expr
    {
        let place = span(syntax)
        var pieces: [Expr] = []
        let isMultiline = syntax.openingQuote.text == "\"\"\""
        let raw = syntax.openingPounds?.text.count ?? 0
        var text = ""
        for segment in syntax.segments {
            switch segment {
            case .stringSegment(let part):
                text += try unescaped(part.content.text, raw: raw, isMultiline: isMultiline, part)
            case .expressionSegment(let part):
                if !text.isEmpty { pieces.append(Expr(.constant(.string(text)), .string, place)) }
                text = ""
                guard part.expressions.count == 1, let only = part.expressions.first,
                    only.label == nil
                else { throw error(.syntax, "an interpolation holds one value", part) }
                let value = try argument(only.expression)
                pieces.append(boxed(value))
            }
        }
        if pieces.isEmpty {
            let characterWanted: Bool =
                switch expected {
                case .character?, .optional(.character)?: true
                default: false
                }
            if characterWanted, text.count == 1, let character = text.first {
                return Expr(.constant(.character(character)), .character, place)
            }
            warnOfBraces(text, place)
            return Expr(.constant(.string(text)), .string, place)
        }
        if !text.isEmpty { pieces.append(Expr(.constant(.string(text)), .string, place)) }
        return Expr(.interpolation(pieces), .string, place)
    }

    private func unescaped(
        _ text: String, raw: Int, isMultiline: Bool, _ node: some SyntaxProtocol
    ) throws(ScriptError) -> String {
        let escape = "\\" + String(repeating: "#", count: raw)
        guard text.contains("\\") else { return text }
        var result = ""
        var rest = Substring(text)
        while let start = firstRange(of: escape, in: rest) {
            result += rest[..<start]
            rest = rest[rest.index(start, offsetBy: escape.count)...]
            guard let character = rest.first else { break }
            rest = rest.dropFirst()
            switch character {
            case "n": result += "\n"
            case "t": result += "\t"
            case "r": result += "\r"
            case "0": result += "\0"
            case "\\", "\"", "'": result.append(character)
            case "u":
                guard rest.first == "{", let end = rest.firstIndex(of: "}"),
                    let code = UInt32(rest[rest.index(after: rest.startIndex)..<end], radix: 16),
                    let scalar = Unicode.Scalar(code)
                else { throw error(.syntax, "\\u needs a code in braces, as in \\u{41}", node) }
                result.unicodeScalars.append(scalar)
                rest = rest[rest.index(after: end)...]
            case "\n" where isMultiline: break
            case " " where isMultiline, "\t" where isMultiline:
                rest = rest.drop { $0 == " " || $0 == "\t" }
                if rest.first == "\n" { rest = rest.dropFirst() }
            default:
                throw error(
                    .syntax, "there is no escape \\\(character)", node,
                    suggestion: "write \\\\ for a backslash")
            }
        }
        return result + rest
    }

    private func firstRange(of pattern: String, in text: Substring) -> Substring.Index? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix(pattern) { return index }
            index = text.index(after: index)
        }
        return nil
    }

    func arrayLiteral(_ syntax: ArrayExprSyntax, _ expected: ScriptType?) throws(ScriptError)
        -> Expr
    {
        // `[Int]` names a type where an element names one.
        if syntax.elements.count == 1, let only = syntax.elements.first, only.trailingComma == nil,
            let element = try typeExpression(only.expression)
        {
            return Expr(.type(.array(element)), .metatype(.array(element)), span(syntax))
        }
        let (wanted, collection) = elementExpectation(expected)
        var elements = try together(syntax.elements.map(\.expression), expecting: wanted)
        if wanted == nil, elements.contains(where: { $0.type == .character }) {
            elements = elements.map(asCharacters)
        }
        var type = wanted ?? common(elements)
        if let wanted, wanted.isUncertain == false {
            for index in elements.indices {
                elements[index] = try coerce(elements[index], to: wanted, as: "element \(index)")
            }
        } else if wanted == nil {
            if type == .any {
                try requireOneType(elements, instead: "if that is meant, write its type: [Any]")
            }
            if type == .double { for element in elements { _ = adapt(element, to: .double) } }
            if elements.contains(where: { $0.type != type }) {
                if elements.allSatisfy({ !isImpossible($0.type, as: type) }) {
                    for index in elements.indices {
                        elements[index] = try coerce(elements[index], to: type)
                    }
                } else {
                    type = .any
                }
            }
        } else {
            type = elements.isEmpty ? (wanted ?? .any) : common(elements)
        }
        let isFlexible = !elements.isEmpty && elements.allSatisfy(\.isFlexible)
        let literal = Expr(
            .array(isFlexible ? elements : elements.map(boxed)), .array(type), span(syntax))
        literal.isFlexible = isFlexible
        switch collection {
        case .set?: return Expr(.convert(literal), .set(type), span(syntax))
        case .generic?: return Expr(.convert(literal), .slice(type), span(syntax))
        default: return literal
        }
    }

    /// The element type that is wanted of a literal, and the collection it is to become.
    private func elementExpectation(_ expected: ScriptType?) -> (ScriptType?, ScriptType?) {
        switch expected {
        case .array(let element)?, .set(let element)?: (element, expected)
        case .generic("ArraySlice", let arguments)?: (arguments[0], expected)
        case .optional(let inner)?: elementExpectation(inner)
        default: (nil, nil)
        }
    }

    /// The type that all elements of a literal share: mixed numbers are Double, the rest `Any`.
    func common(_ elements: [Expr]) -> ScriptType {
        var result: ScriptType?
        for element in elements {
            guard let known = result else {
                result = element.type
                continue
            }
            if known == element.type { continue }
            switch (known, element.type) {
            case (.int, .double) where elements.allSatisfy({ $0.isFlexible || $0.type == .double }),
                (.double, .int) where elements.allSatisfy({ $0.isFlexible || $0.type == .double }):
                result = .double
            case (.array(let a), .array(let b)):
                if a.isUncertain {
                    result = .array(b)
                } else if b.isUncertain {
                    continue
                } else if Set([a, b]) == [.int, .double] {
                    result = .array(.double)
                } else {
                    return .any
                }
            case (.optional(.any), .optional): result = element.type
            case (.optional, .optional(.any)): continue
            case (.optional(.any), let other): result = .optional(other)
            case (.optional(let inner), let other) where inner == other: continue
            case (let other, .optional(.any)): result = .optional(other)
            case (let inner, .optional(let other)) where inner == other: result = .optional(other)
            case (.function(let a, _), .function(let b, _)) where a.count == b.count: continue
            case (.named(let a), .named(let b)):
                guard let shared = interpreter.sharedConformance(a, b) else { return .any }
                result = .named(shared)
            default: return .any
            }
        }
        return result ?? .any
    }

    func dictionaryLiteral(_ syntax: DictionaryExprSyntax, _ expected: ScriptType?)
        throws(ScriptError) -> Expr
    {
        var keyType: ScriptType?
        var valueType: ScriptType?
        switch expected {
        case .dictionary(let key, let value)?, .optional(.dictionary(let key, let value))?:
            (keyType, valueType) = (key == .any ? nil : key, value)
        default: break
        }
        guard case .elements(let list) = syntax.content else {
            return Expr(
                .dictionary([]), .dictionary(keyType ?? .any, valueType ?? .any), span(syntax))
        }
        if list.count == 1, let only = list.first, let key = try typeExpression(only.key),
            let value = try typeExpression(only.value)
        {
            let type = ScriptType.dictionary(key, value)
            return Expr(.type(type), .metatype(type), span(syntax))
        }
        let keys = try together(list.map(\.key), expecting: keyType)
        let values = try together(list.map(\.value), expecting: valueType)
        var pairs = Array(zip(keys, values))
        let key = keyType ?? common(pairs.map(\.0))
        let value = valueType ?? common(pairs.map(\.1))
        if keyType == nil, key == .any {
            try requireOneType(pairs.map(\.0), instead: "use keys of one type")
        }
        if valueType == nil, value == .any {
            try requireOneType(pairs.map(\.1), instead: "write its type: [\(key): Any]")
        }
        try requireHashable(key, span(syntax))
        for index in pairs.indices {
            pairs[index].0 = boxed(try coerce(pairs[index].0, to: key, as: "key"))
            pairs[index].1 = boxed(try coerce(pairs[index].1, to: value, as: "value"))
        }
        return Expr(.dictionary(pairs), .dictionary(key, value), span(syntax))
    }

    func tupleLiteral(_ syntax: TupleExprSyntax, _ expected: ScriptType?) throws(ScriptError)
        -> Expr
    {
        let elements = Array(syntax.elements)
        if elements.isEmpty { return Expr(.constant(.void), .void, span(syntax)) }
        if elements.count == 1, elements[0].label == nil {
            let inner = try argument(elements[0].expression, expecting: expected)
            return inner
        }
        var wanted: [ScriptType?] = Array(repeating: nil, count: elements.count)
        if case .tuple(let types, _)? = expected, types.count == elements.count { wanted = types }
        var values: [Expr] = []
        for (element, type) in zip(elements, wanted) {
            var value = try argument(element.expression, expecting: type)
            if let type, !type.isUncertain { value = try coerce(value, to: type) }
            values.append(value)
        }
        let labels = elements.map { $0.label?.text ?? "" }
        let type = ScriptType.tuple(values.map(\.type), labels: labels)
        return Expr(.tuple(values.map(boxed), labels), type, span(syntax))
    }

    /// The type an expression names, such as `Int`, `[Int]`, `Int?`, `[String: [Int]]` or
    /// `Set<Int>`; `nil` where it names none.
    func typeExpression(_ syntax: some ExprSyntaxProtocol) throws(ScriptError) -> ScriptType? {
        try guardDepth(syntax)
        switch ExprSyntax(syntax).as(ExprSyntaxEnum.self) {
        case .declReferenceExpr(let name):
            if name.baseName.text == "Self", let owner { return owner.scriptType }
            if let nested = nestedType(name.baseName.text) { return nested.scriptType }
            let symbol = scope.find(name.baseName.text)
            switch symbol {
            case .type(let info)?:
                if let symbol { depend(on: name.baseName.text, symbol) }
                return info.scriptType
            case nil: return interpreterNamesType(name.baseName.text)
            default: return nil
            }
        case .memberAccessExpr(let member):
            // Types are written with a capital; a long chain of calls is not searched for them.
            guard let base = member.base,
                member.declName.baseName.text.first?.isUppercase == true,
                let outer = try typeExpression(base)
            else { return nil }
            return info(outer)?.nested[member.declName.baseName.text]?.scriptType
        case .arrayExpr(let array):
            guard array.elements.count == 1, let only = array.elements.first,
                let element = try typeExpression(only.expression)
            else { return nil }
            return .array(element)
        case .dictionaryExpr(let dictionary):
            guard case .elements(let list) = dictionary.content, list.count == 1,
                let only = list.first, let key = try typeExpression(only.key),
                let value = try typeExpression(only.value)
            else { return nil }
            return .dictionary(key, value)
        case .optionalChainingExpr(let optional):
            return try typeExpression(optional.expression).map { .optional($0) }
        case .genericSpecializationExpr(let generic):
            guard let name = generic.expression.as(DeclReferenceExprSyntax.self)?.baseName.text
            else {
                return nil
            }
            var arguments: [ScriptType] = []
            for argument in generic.genericArgumentClause.arguments {
                if case .type(let inner) = argument.argument { arguments.append(try type(inner)) }
            }
            switch (name, arguments.count) {
            case ("Array", 1): return .array(arguments[0])
            case ("Set", 1): return .set(arguments[0])
            case ("ArraySlice", 1): return .slice(arguments[0])
            case ("Optional", 1): return .optional(arguments[0])
            case ("Dictionary", 2): return .dictionary(arguments[0], arguments[1])
            case ("Range", 1): return .range(arguments[0])
            default: throw unknownType(name, generic)
            }
        case .tupleExpr(let tuple):
            var types: [ScriptType] = []
            for element in tuple.elements {
                guard let type = try typeExpression(element.expression) else { return nil }
                types.append(type)
            }
            return types.isEmpty ? nil : types.count == 1 ? types[0] : .tuple(types, labels: [])
        case .typeExpr(let named): return try type(named.type)
        case .memberAccessExpr where syntax.trimmedDescription == "String.Index":
            return .stringIndex
        default: return nil
        }
    }

    private func interpreterNamesType(_ name: String) -> ScriptType? {
        if let symbol = interpreter.symbols[name] {
            if case .type(let info) = symbol {
                depend(on: name, symbol)
                return info.scriptType
            }
            return nil
        }
        return simpleType(name)
    }
}
