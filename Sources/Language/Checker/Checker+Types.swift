import SwiftSyntax

extension Checker {
    /// The type that a piece of type syntax names.
    func type(_ syntax: TypeSyntax) throws(ScriptError) -> ScriptType {
        try guardDepth(syntax)
        switch syntax.as(TypeSyntaxEnum.self) {
        case .identifierType(let named): return try namedType(named)
        case .arrayType(let array): return .array(try type(array.element))
        case .dictionaryType(let dictionary):
            let key = try type(dictionary.key)
            if case .declared = key { keyTypes.append((key, span(dictionary.key))) }
            return .dictionary(key, try type(dictionary.value))
        case .optionalType(let optional): return .optional(try type(optional.wrappedType))
        case .implicitlyUnwrappedOptionalType(let optional):
            return .optional(try type(optional.wrappedType))
        case .tupleType(let tuple):
            if tuple.elements.isEmpty { return .void }
            if tuple.elements.count == 1, let only = tuple.elements.first {
                return try type(only.type)
            }
            var types: [ScriptType] = []
            for element in tuple.elements { types.append(try type(element.type)) }
            return .tuple(types, labels: tuple.elements.map { $0.firstName?.text ?? "" })
        case .functionType(let function):
            var parameters: [ScriptType] = []
            for parameter in function.parameters {
                let type = try type(parameter.type)
                let isInOut =
                    parameter.type.as(AttributedTypeSyntax.self)?.specifiers.contains {
                        $0.trimmedDescription == "inout"
                    } ?? false
                parameters.append(isInOut ? .oneOf("inout", [type]) : type)
            }
            return .function(parameters, try type(function.returnClause.type))
        case .attributedType(let attributed): return try type(attributed.baseType)
        case .someOrAnyType(let constrained): return try type(constrained.constraint)
        case .memberType(let member): return try memberType(member)
        case .metatypeType(let meta): return .metatype(try type(meta.baseType))
        default: throw unsupported("the type '\(syntax.trimmedDescription)'", syntax)
        }
    }

    private func memberType(_ member: MemberTypeSyntax) throws(ScriptError) -> ScriptType {
        if member.trimmedDescription == "String.Index" { return .stringIndex }
        if let outer = info(try type(member.baseType)) {
            if let inner = outer.nested[member.name.text] { return inner.scriptType }
            throw error(
                .name, "\(outer.type.name) has no type '\(member.name.text)'", member.name,
                suggestion: Spelling.closest(to: member.name.text, in: outer.nested.keys).map {
                    "did you mean \(outer.type.name).\($0)?"
                })
        }
        throw unsupported("the type '\(member.trimmedDescription)'", member)
    }

    private func namedType(_ syntax: IdentifierTypeSyntax) throws(ScriptError) -> ScriptType {
        let name = syntax.name.text
        var arguments: [ScriptType] = []
        if let clause = syntax.genericArgumentClause {
            for argument in clause.arguments {
                if case .type(let inner) = argument.argument { arguments.append(try type(inner)) }
            }
        }
        switch (name, arguments.count) {
        case ("Array", 1): return .array(arguments[0])
        case ("Set", 1):
            if case .declared = arguments[0] { keyTypes.append((arguments[0], span(syntax))) }
            return .set(arguments[0])
        case ("ArraySlice", 1), ("LazySequence", 1), ("UnfoldSequence", 1):
            return .generic(name, arguments)
        case ("Optional", 1): return .optional(arguments[0])
        case ("Dictionary", 2): return .dictionary(arguments[0], arguments[1])
        case ("Range", 1), ("ClosedRange", 1), ("PartialRangeFrom", 1): return .range(arguments[0])
        case ("Self", 0): if let owner { return owner.scriptType }
        case (_, 0): if let known = simpleType(name) { return known }
        default: break
        }
        throw unknownType(name, syntax)
    }

    /// The type of a name without arguments; `nil` where there is none.
    func simpleType(_ name: String) -> ScriptType? {
        if let nested = nestedType(name) { return nested.scriptType }
        if let symbol = lookup(name), case .type(let info) = symbol {
            depend(on: name, symbol)
            return info.scriptType
        }
        switch name {
        case "Int": return .int
        case "Double": return .double
        case "Float": return .float
        case "Bool": return .bool
        case "String": return .string
        case "Substring": return .substring
        case "Character": return .character
        case "Void": return .void
        case "Any", "AnyObject": return .any
        case "Never": return .never
        case "Array": return .array(.any)
        case "Dictionary": return .dictionary(.any, .any)
        case "Set": return .set(.any)
        case "Optional": return .optional(.any)
        case "Error": return .named("Error")
        case "UInt8", "Int32", "Int64", "UInt", "Float32": return nil
        default: return library.types[name] != nil ? .named(name) : nil
        }
    }

    func unknownType(_ name: String, _ node: some SyntaxProtocol) -> ScriptError {
        let known =
            [
                "Int", "Double", "Float", "Bool", "String", "Character", "Any", "Array",
                "Dictionary", "Set",
            ]
            + library.types.keys + interpreter.symbols.keys + scope.allNames
        let suggestion =
            Habits.typeNames[name] ?? library.hints[name] ?? Spelling.closest(to: name, in: known)
        return error(
            .name, "there is no type '\(name)'", node, suggestion: suggestion.map { "use \($0)" })
    }

    /// A type declared inside the one whose members are being checked, or inside those around it.
    func nestedType(_ name: String) -> DeclaredTypeInfo? {
        guard let owner else { return nil }
        for type in owner.lineage {
            if let nested = type.nested[name] { return nested }
        }
        return nil
    }

    func info(_ type: ScriptType) -> DeclaredTypeInfo? {
        if case .declared(_, let id) = type { return interpreter.declaredTypes[id] }
        return nil
    }

    /// Whether a value of one type can certainly not serve as another.
    func isImpossible(_ from: ScriptType, as target: ScriptType) -> Bool {
        if from == target { return false }
        switch (from, target) {
        case (.any, _), (_, .any), (.never, _), (.variable, _), (_, .variable): return false
        case (_, .oneOf(let name, let types)):
            if case .named(let own) = from, own == name { return false }
            if case .oneOf(let own, _) = from, own == name { return false }
            return types.allSatisfy { isImpossible(from, as: $0) }
        case (.oneOf(let name, let types), _):
            if case .named(let own) = target, own == name { return false }
            return types.allSatisfy { isImpossible($0, as: target) }
        case (.optional(let a), .optional(let b)): return isImpossible(a, as: b)
        case (_, .optional(let b)): return isImpossible(from, as: b)
        case (.array(let a), .array(let b)), (.set(let a), .set(let b)),
            (.range(let a), .range(let b)):
            return isImpossible(a, as: b)
        case (.dictionary(let k, let v), .dictionary(let k2, let v2)):
            return isImpossible(k, as: k2) || isImpossible(v, as: v2)
        case (.tuple(let a, _), .tuple(let b, _)):
            return a.count != b.count || zip(a, b).contains { isImpossible($0, as: $1) }
        case (.function(let a, let r), .function(let b, let s)):
            // Rows take any function where they say nothing of its parameters.
            if b.isEmpty && s == .any { return false }
            return a.count != b.count || (s != .void && isImpossible(r, as: s))
        case (.generic(let a, let x), .generic(let b, let y)):
            return a != b || zip(x, y).contains { isImpossible($0, as: $1) }
        case (.named(let a), .named(let b)): return !interpreter.conforms(a, to: b)
        case (.declared, .named(let name)):
            return !(info(from).map { library.conforms($0.type, to: name) } ?? false)
        case (.metatype, .metatype): return false
        default: return true
        }
    }

    /// An expression as a value of another type, or the error that says it cannot be.
    func coerce(_ expression: Expr, to target: ScriptType, as role: String = "")
        throws(ScriptError) -> Expr
    {
        let from = expression.type
        if from == target || from == .never { return expression }
        if expression.isFlexible, adapt(expression, to: target) {
            return try coerce(expression, to: target, as: role)
        }
        if from == .int, unwrapped(target) == .double, let wide = widened(expression) {
            return try coerce(wide, to: target, as: role)
        }
        if let literal = textLiteral(expression, as: target) {
            return try coerce(literal, to: target, as: role)
        }
        switch (from, target) {
        case (_, .any), (_, .variable), (_, .oneOf):
            if isImpossible(from, as: target) { break }
            return boxed(expression)
        case (.any, _), (.variable, _), (.oneOf, _):
            if isImpossible(from, as: target) { break }
            return Expr(.convert(expression), target, expression.span)
        case (.optional(let a), .optional(let b)):
            if a == b { return expression }
            if isImpossible(a, as: b) { break }
            return Expr(.convert(expression), target, expression.span)
        case (_, .optional(let wrapped)):
            if isImpossible(from, as: wrapped) { break }
            let inner = try coerce(expression, to: wrapped, as: role)
            return Expr(.wrap(boxed(inner)), target, expression.span)
        case (.function, .function):
            if isImpossible(from, as: target) { break }
            return Expr(expression.kind, target, expression.span)
        default:
            if isImpossible(from, as: target) { break }
            if needsConversion(from, target) {
                return Expr(.convert(expression), target, expression.span)
            }
            return Expr(expression.kind, target, expression.span)
        }
        throw mismatch(expression, target, role)
    }

    private func needsConversion(_ from: ScriptType, _ target: ScriptType) -> Bool {
        switch (from, target) {
        case (.array(let a), .array(let b)), (.set(let a), .set(let b)):
            return a != b && needsConversion(a, b)
        case (.dictionary(_, let a), .dictionary(_, let b)): return needsConversion(a, b)
        case (.tuple, .tuple): return true
        case (.optional, .optional): return false
        case (_, .optional): return true
        default: return false
        }
    }

    func boxed(_ expression: Expr) -> Expr {
        guard expression.type.isRaw else { return expression }
        return Expr(.box(expression), .any, expression.span)
    }

    func mismatch(_ expression: Expr, _ target: ScriptType, _ role: String) -> ScriptError {
        let lead = role.isEmpty ? "" : "\(role): "
        var suggestion: String?
        let text = sourceText(expression.span)
        switch (expression.type, target) {
        case (.string, .int), (.string, .double):
            if case .constant(.string(let content)) = expression.kind, Double(content) != nil {
                suggestion = "leave the quotes out: \(content)"
            } else if text.count <= 40 {
                suggestion = "convert it with \(target)(\(text)) ?? 0"
            }
        case (.string, .bool), (.array, .bool), (.dictionary, .bool), (.set, .bool):
            suggestion = "ask: !\(text).isEmpty"
        case (.int, .string), (.double, .string):
            if text.count <= 40 { suggestion = "write \"\\(\(text))\" or String(\(text))" }
        case (.int, .double), (.int, .float), (.double, .int), (.double, .float), (.float, .double),
            (.float, .int):
            if text.count <= 40 { suggestion = "convert it with \(target)(\(text))" }
        case (.generic("ArraySlice", _), .array), (.named("Substring"), .string):
            suggestion = "convert it with \(target.memberTable)(\(text))"
        case (.character, .string), (.string, .character):
            if text.count <= 40 { suggestion = "convert it with \(target)(\(text))" }
        case (.function(_, let result), _) where !isImpossible(result, as: target):
            suggestion = callHint(expression)
        case (.array(let inner), let wanted)
        where !isImpossible(inner, as: wanted) && text.count <= 40:
            suggestion = "take one element: \(text)[0]"
        case (let inner, .array(let wanted))
        where !isImpossible(inner, as: wanted) && text.count <= 40:
            suggestion = "put it into brackets: [\(text)]"
        case (.optional, _) where isNil(expression):
            return error(
                .type, "\(lead)nil is no \(target)", expression.span,
                suggestion: "make the type optional: \(target)?")
        case (.metatype(let type), let wanted) where !isImpossible(type, as: wanted):
            suggestion = "make a value of it: \(type)()"
        case (.string, let wanted):
            if case .constant(.string(let name)) = expression.kind, hasImplicitMember(name, wanted)
            {
                suggestion = "write .\(name)"
            }
        case (.optional(let inner), let wanted) where !isImpossible(inner, as: wanted):
            suggestion = "unwrap it: \(text) ?? a default, if let, or \(text)!"
        case (.int, .bool): suggestion = "compare it: \(text) != 0"
        case (.optional, .bool): suggestion = "compare it: \(text) != nil"
        default: break
        }
        return error(
            .type, "\(lead)expected \(target), got \(expression.type)", expression.span,
            suggestion: suggestion)
    }

    private func isNil(_ expression: Expr) -> Bool {
        if case .constant(.none) = expression.kind { true } else { false }
    }

    func sourceText(_ span: Span) -> String {
        let start = min(max(0, Int(span.offset)), source.bytes.count)
        let end = min(start + Int(span.length), source.bytes.count)
        return String(decoding: source.bytes[start..<end], as: UTF8.self)
    }
}
