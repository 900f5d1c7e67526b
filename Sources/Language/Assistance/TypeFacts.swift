import SwiftSyntax

/// What a type of a script has, as completion and inspection tell it: of an earlier cell from what
/// the checker knows, of the cell being written from its syntax.
struct TypeFacts: Sendable {
    struct Member: Sendable {
        /// `property`, `method` or `case`.
        var kind: String
        var signature: String
        /// `nil` where only the checker could tell.
        var type: ScriptType?
        var documentation = ""
    }

    let name: String
    var keyword = "struct"
    var members: [String: Member] = [:]
    var statics: [String: Member] = [:]
    /// What each initializer takes.
    var initializers: [[Parameter]] = []
    /// What it conforms to; types of the library among it lend it their members.
    var conformances: [String] = []

    var signature: String { "\(keyword) \(name)" }

    init(name: String) { self.name = name }

    /// What an extension or a second look adds.
    mutating func add(_ other: TypeFacts) {
        if other.keyword != "extension" { keyword = other.keyword }
        members.merge(other.members) { $1 }
        statics.merge(other.statics) { $1 }
        initializers += other.initializers
        conformances += other.conformances
    }
}

extension TypeFacts {
    /// The facts of a checked type.
    init(_ info: DeclaredTypeInfo) {
        self.init(name: info.type.name)
        if info.type.isEnumeration { keyword = "enum" }
        conformances = info.type.conformances.sorted()
        for field in info.type.fields {
            let word = field.isConstant ? "let" : "var"
            members[field.label] = Member(
                kind: "property", signature: "\(word) \(field.label): \(field.type)",
                type: field.type)
        }
        for (name, getter) in info.getters {
            members[name] = Member(
                kind: "property", signature: "var \(name): \(getter.result)", type: getter.result)
        }
        for (name, methods) in info.methods { members[name] = Self.method(methods) }
        if let raw = info.rawType {
            members["rawValue"] = Member(kind: "property", signature: "rawValue: \(raw)", type: raw)
        }
        if let element = info.subscripts.first?.get {
            members["subscript"] = Member(
                kind: "subscript", signature: element.signature, type: element.functionType)
        }
        for (name, methods) in info.staticMethods { statics[name] = Self.method(methods) }
        for (name, getter) in info.staticGetters {
            statics[name] = Member(
                kind: "property", signature: "\(name): \(getter.result)", type: getter.result)
        }
        for (name, global) in info.statics {
            statics[name] = Member(
                kind: "property", signature: "\(name): \(global.type)", type: global.type)
        }
        for entry in info.type.cases {
            let payload = entry.payload.map(\.description).joined(separator: ", ")
            statics[entry.name] = Member(
                kind: "case",
                signature: "case \(entry.name)" + (payload.isEmpty ? "" : "(\(payload))"),
                type: info.scriptType)
        }
        if info.type.conformances.contains("CaseIterable") {
            statics["allCases"] = Member(
                kind: "property", signature: "allCases: [\(name)]", type: .array(info.scriptType))
        }
        initializers = info.initializers.map(\.parameters)
        if initializers.isEmpty, !info.type.isEnumeration {
            initializers = [
                info.type.fields.filter { !($0.isConstant && $0.hasDefault) }.map { field in
                    Parameter(name: field.label, label: field.label, type: field.type)
                }
            ]
        }
    }

    private static func method(_ overloads: [FunctionDeclaration]) -> Member {
        Member(
            kind: "method", signature: overloads[0].signature, type: overloads[0].functionType,
            documentation: overloads[0].documentation)
    }
}

extension TypeFacts {
    /// The facts of a type that a piece of syntax declares or extends; `nil` where it does not.
    init?(declaredBy node: Syntax) {
        switch node.as(SyntaxEnum.self) {
        case .structDecl(let declared):
            self.init(name: declared.name.text)
            conformances = Self.names(declared.inheritanceClause)
            read(declared.memberBlock)
            if initializers.isEmpty { initializers = [stored(declared.memberBlock)] }
        case .enumDecl(let declared):
            self.init(name: declared.name.text)
            keyword = "enum"
            read(declared.memberBlock)
            if let raw = declared.inheritanceClause?.inheritedTypes.first?.type.trimmedDescription,
                ["Int", "String", "Double", "Character"].contains(raw)
            {
                members["rawValue"] = Member(
                    kind: "property", signature: "rawValue: \(raw)", type: Self.type(raw))
            }
        case .extensionDecl(let extended):
            self.init(name: extended.extendedType.trimmedDescription)
            keyword = "extension"
            conformances = Self.names(extended.inheritanceClause)
            read(extended.memberBlock)
        default: return nil
        }
    }

    private static func names(_ clause: InheritanceClauseSyntax?) -> [String] {
        clause?.inheritedTypes.map(\.type.trimmedDescription) ?? []
    }

    private static func type(_ text: String) -> ScriptType {
        var reader = SignatureReader(text)
        return reader.type()
    }

    private mutating func read(_ block: MemberBlockSyntax) {
        for member in block.members {
            switch member.decl.as(DeclSyntaxEnum.self) {
            case .variableDecl(let variables): read(variables)
            case .functionDecl(let function):
                let text = function.name.text + function.signature.trimmedDescription
                var reader = SignatureReader(text)
                let signature = reader.signature()
                add(
                    function.name.text, function.modifiers,
                    Member(
                        kind: "method", signature: text,
                        type: .function(signature.parameters.map(\.type), signature.result)))
            case .initializerDecl(let initializer):
                var reader = SignatureReader("init" + initializer.signature.trimmedDescription)
                initializers.append(reader.signature().parameters)
            case .enumCaseDecl(let cases):
                for element in cases.elements {
                    statics[element.name.text] = Member(
                        kind: "case", signature: "case \(element.trimmedDescription)",
                        type: .named(name))
                }
            default: break
            }
        }
    }

    private mutating func read(_ variables: VariableDeclSyntax) {
        for binding in variables.bindings {
            guard let property = binding.pattern.as(IdentifierPatternSyntax.self) else { continue }
            let type = binding.typeAnnotation?.type.trimmedDescription
            add(
                property.identifier.text, variables.modifiers,
                Member(
                    kind: "property",
                    signature: "var \(property.identifier.text)" + (type.map { ": \($0)" } ?? ""),
                    type: type.map(Self.type) ?? Self.literal(binding.initializer?.value)))
        }
    }

    private mutating func add(_ name: String, _ modifiers: DeclModifierListSyntax, _ member: Member)
    {
        if modifiers.contains(where: { $0.name.text == "static" }) {
            statics[name] = member
        } else {
            members[name] = member
        }
    }

    /// The stored properties, which a struct without initializers is made of.
    private func stored(_ block: MemberBlockSyntax) -> [Parameter] {
        block.members.flatMap { member -> [Parameter] in
            guard let variables = member.decl.as(VariableDeclSyntax.self),
                variables.modifiers.isEmpty
            else { return [] }
            return variables.bindings.compactMap { binding in
                guard binding.accessorBlock == nil,
                    let name = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier.text
                else { return nil }
                return Parameter(name: name, label: name, type: members[name]?.type ?? .any)
            }
        }
    }

    /// The type of a literal or of a value made with its type's name.
    private static func literal(_ value: ExprSyntax?) -> ScriptType? {
        switch value?.as(ExprSyntaxEnum.self) {
        case .integerLiteralExpr: .int
        case .floatLiteralExpr: .double
        case .stringLiteralExpr: .string
        case .booleanLiteralExpr: .bool
        case .functionCallExpr(let call):
            call.calledExpression.as(DeclReferenceExprSyntax.self).flatMap { name in
                name.baseName.text.first?.isUppercase == true ? type(name.baseName.text) : nil
            }
        default: nil
        }
    }
}
