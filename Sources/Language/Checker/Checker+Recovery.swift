import SwiftSyntax

/// Going on after a mistake, so that a cell is told of all its mistakes at once.
extension Checker {
    /// How many mistakes of a cell are told of.
    static let mostMistakes = 10

    /// Runs a check and notes the mistake it ends with. Inside an expression, which may be checked
    /// more than once, and after too many mistakes, the mistake is thrown on.
    func recovering(_ body: () throws(ScriptError) -> Void) throws(ScriptError) {
        let saved = (scope, context, loops, owner, valueOfBranch, currentFunction)
        do throws(ScriptError) {
            try body()
        } catch {
            guard expressionDepth == 0, mistakes.count + 1 < Self.mostMistakes else { throw error }
            mistakes.append(error)
            (scope, context, loops, owner, valueOfBranch, currentFunction) = saved
            (sawChain, insidePostfix, isAssigning, chainExpectation) = (false, false, false, nil)
        }
    }

    /// Declares what a statement with a mistake was to declare, so that what uses it is no mistake.
    func presume(_ item: CodeBlockItemSyntax) {
        switch item.item {
        case .decl(let declaration):
            guard let variables = declaration.as(VariableDeclSyntax.self) else { return }
            for binding in variables.bindings {
                let annotated = binding.typeAnnotation.flatMap { try? type($0.type) }
                presume(Syntax(binding.pattern), annotated ?? .any)
            }
        case .stmt(let statement):
            guard let guarded = statement.as(GuardStmtSyntax.self) else { return }
            for element in guarded.conditions { presume(Syntax(element.condition), .any) }
        case .expr(let expression):
            // `name = value`
            let parts = expression.as(SequenceExprSyntax.self).map { Array($0.elements) } ?? []
            guard parts.count > 1, parts[1].is(AssignmentExprSyntax.self),
                let name = parts[0].as(DeclReferenceExprSyntax.self)
            else { return }
            switch scope.find(name.baseName.text) {
            case .variable(let variable)?: variable.isAssigned = true
            case .global(let global)?: global.isAssigned = true
            default: break
            }
        }
    }

    /// Declares the names that a pattern binds, but for those that are there.
    private func presume(_ node: Syntax, _ type: ScriptType) {
        if let name = node.as(IdentifierPatternSyntax.self) {
            guard scope.names[name.identifier.text] == nil else { return }
            _ = try? declare(name.identifier.text, type, isConstant: false, name)
        }
        guard !node.is(ExprSyntax.self) else { return }
        for child in node.children(viewMode: .sourceAccurate) { presume(child, type) }
    }

    /// The mistakes that were noted, as one error; `nil` where there were none. What was said
    /// already, of another place too, is not said again.
    var report: ScriptError? {
        var seen: Set<String> = []
        let different = mistakes.sorted { place($0) < place($1) }.filter {
            seen.insert($0.message).inserted
        }
        guard var first = different.first else { return nil }
        first.others = different.dropFirst().map(\.asMistake)
        return first
    }

    private func place(_ error: ScriptError) -> (Int, Int) {
        (error.location?.line ?? .max, error.location?.column ?? .max)
    }
}
