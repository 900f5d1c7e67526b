import SwiftParser
import SwiftSyntax

/// A variable that a source declares at its top level, as far as its own text tells.
public struct DeclaredVariable: Sendable, Equatable {
    public var name: String
    /// Whether it may be changed.
    public var isVar: Bool
    /// Its annotation, or the type of the literal it begins with; `nil` for anything else.
    public var type: String?

    package init(name: String, isVar: Bool, type: String?) {
        self.name = name
        self.isVar = isVar
        self.type = type
    }

    /// The variables of a source in order, read without running or checking it.
    ///
    ///     DeclaredVariable.all(in: "let rate = 0.1")[0].type  // Double
    public static func all(in source: String) -> [DeclaredVariable] {
        let statements = Parser.parse(source: source).statements
        return statements.compactMap { $0.item.as(VariableDeclSyntax.self) }.flatMap { variables in
            variables.bindings.compactMap { binding -> DeclaredVariable? in
                guard let name = binding.pattern.as(IdentifierPatternSyntax.self) else {
                    return nil
                }
                let annotation = binding.typeAnnotation?.type.trimmedDescription
                return DeclaredVariable(
                    name: name.identifier.plainText,
                    isVar: variables.bindingSpecifier.tokenKind == .keyword(.var),
                    type: annotation ?? binding.initializer.flatMap { literalType($0.value) })
            }
        }
    }

    private static func literalType(_ value: ExprSyntax) -> String? {
        if let signed = value.as(PrefixOperatorExprSyntax.self), signed.operator.text == "-" {
            return literalType(signed.expression)
        }
        switch value.kind {
        case .integerLiteralExpr: return "Int"
        case .floatLiteralExpr: return "Double"
        case .stringLiteralExpr: return "String"
        case .booleanLiteralExpr: return "Bool"
        default: break
        }
        if let array = value.as(ArrayExprSyntax.self) {
            return sharedType(array.elements.map(\.expression)).map { "[\($0)]" }
        }
        if let elements = value.as(DictionaryExprSyntax.self)?.content.as(
            DictionaryElementListSyntax.self),
            let key = sharedType(elements.map(\.key)),
            let value = sharedType(elements.map(\.value))
        {
            return "[\(key): \(value)]"
        }
        return nil
    }

    /// The type of several literals; whole numbers become Double beside others.
    private static func sharedType(_ values: [ExprSyntax]) -> String? {
        let types = Set(values.map(literalType))
        if types.count == 1 { return types.first ?? nil }
        return types == ["Int", "Double"] ? "Double" : nil
    }
}
