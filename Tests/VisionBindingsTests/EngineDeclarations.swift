import Foundation
import SwiftParser
import SwiftSyntax

/// A public declaration of the engine, as its source says.
struct EngineDeclaration {
    struct Parameter {
        /// `nil` where a call writes none.
        var label: String?
        var isOptional: Bool
    }

    /// The type it belongs to, without what that type is nested in; empty for a free function.
    var owner: String
    var name: String
    var parameters: [Parameter]
}

/// Every public declaration of the engine's targets.
enum EngineDeclarations {
    static let targets = [
        "Hosting", "Tensors", "NeuralNetworks", "Plots", "VisionData", "VisionModels", "Training",
        "Analysis",
    ]

    static let all: [EngineDeclaration] = {
        let collector = DeclarationCollector(viewMode: .sourceAccurate)
        for file in sourceFiles {
            guard let source = try? String(contentsOf: file, encoding: .utf8) else { continue }
            collector.walk(Parser.parse(source: source))
        }
        return collector.found
    }()

    private static var sourceFiles: [URL] {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return targets.flatMap { target -> [URL] in
            let folder = root.appending(path: "Sources/\(target)")
            let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
            return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
                .map { folder.appending(path: $0) }
        }
    }
}

private final class DeclarationCollector: SyntaxVisitor {
    private(set) var found: [EngineDeclaration] = []
    private var owners: [String] = []

    private var owner: String { owners.last ?? "" }

    private func enter(_ name: String) -> SyntaxVisitorContinueKind {
        owners.append(name.split(separator: ".").last.map(String.init) ?? name)
        return .visitChildren
    }

    override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind {
        enter(node.name.text)
    }
    override func visitPost(_ node: StructDeclSyntax) { owners.removeLast() }
    override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind {
        enter(node.name.text)
    }
    override func visitPost(_ node: ClassDeclSyntax) { owners.removeLast() }
    override func visit(_ node: ProtocolDeclSyntax) -> SyntaxVisitorContinueKind {
        enter(node.name.text)
    }
    override func visitPost(_ node: ProtocolDeclSyntax) { owners.removeLast() }

    override func visit(_ node: EnumDeclSyntax) -> SyntaxVisitorContinueKind {
        enter(node.name.text)
    }
    override func visitPost(_ node: EnumDeclSyntax) { owners.removeLast() }

    override func visit(_ node: ExtensionDeclSyntax) -> SyntaxVisitorContinueKind {
        enter(node.extendedType.trimmedDescription)
    }
    override func visitPost(_ node: ExtensionDeclSyntax) { owners.removeLast() }

    override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
        add(node.name.text, node.signature.parameterClause)
    }

    override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind {
        add("init", node.signature.parameterClause)
    }

    override func visit(_ node: SubscriptDeclSyntax) -> SyntaxVisitorContinueKind {
        // A subscript's parameters have no labels unless they are given two names.
        let parameters = node.parameterClause.parameters.map {
            EngineDeclaration.Parameter(
                label: $0.secondName == nil ? nil : label($0.firstName),
                isOptional: $0.defaultValue != nil || $0.ellipsis != nil)
        }
        found.append(EngineDeclaration(owner: owner, name: "subscript", parameters: parameters))
        return .skipChildren
    }

    override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
        for binding in node.bindings {
            found.append(
                EngineDeclaration(
                    owner: owner, name: binding.pattern.trimmedDescription, parameters: []))
        }
        return .skipChildren
    }

    override func visit(_ node: EnumCaseElementSyntax) -> SyntaxVisitorContinueKind {
        let values = node.parameterClause?.parameters ?? []
        let parameters = values.map {
            EngineDeclaration.Parameter(
                label: $0.firstName.flatMap(label), isOptional: $0.defaultValue != nil)
        }
        found.append(
            EngineDeclaration(owner: owner, name: node.name.text, parameters: parameters))
        return .skipChildren
    }

    private func add(
        _ name: String, _ clause: FunctionParameterClauseSyntax
    ) -> SyntaxVisitorContinueKind {
        let isOperator = name.first.map { !$0.isLetter } ?? false
        let parameters = clause.parameters.map {
            EngineDeclaration.Parameter(
                label: isOperator ? nil : label($0.firstName),
                isOptional: $0.defaultValue != nil || $0.ellipsis != nil)
        }
        found.append(EngineDeclaration(owner: owner, name: name, parameters: parameters))
        return .skipChildren
    }

    private func label(_ token: TokenSyntax) -> String? {
        token.text == "_" ? nil : token.text
    }
}
