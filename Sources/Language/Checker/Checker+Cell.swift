import SwiftParser
import SwiftSyntax

extension Checker {
    /// The syntax tree of a cell, or its first syntax error.
    func parse(_ source: String) throws(ScriptError) -> SourceFileSyntax {
        if let deep = BracketDepth.firstBeyondLimit(in: self.source.bytes) {
            throw BracketDepth.error(in: self.source, at: deep)
        }
        let tree = Parser.parse(source: source)
        if let fault = SyntaxFault.first(in: tree) {
            let told = SyntaxHabits.explain(fault, in: self.source, isKnown: isDeclared) ?? fault
            throw error(.syntax, told.message, told.span, suggestion: told.suggestion)
        }
        return tree
    }

    /// Whether a name was declared by an earlier cell or, as far as a look tells, by this one.
    private func isDeclared(_ name: String) -> Bool {
        if interpreter.symbols[name] != nil { return true }
        return String(decoding: source.bytes, as: UTF8.self).split(separator: "\n").contains {
            line in
            let code = line.range(of: "//").map { line[..<$0.lowerBound] } ?? line
            return code.contains("let \(name) ") || code.contains("var \(name) ")
        }
    }

    /// Checks a whole cell into its context; gives the type of its result.
    func checkCell(_ tree: SourceFileSyntax) throws(ScriptError) -> ScriptType {
        var body: [Stmt] = []
        do throws(ScriptError) {
            body = try checkBodies(tree)
        } catch {
            mistakes.append(error)
        }
        if let report { throw report }
        settleCaptures()
        noteRedeclarations()
        var type = ScriptType.void
        if let last = tree.statements.last, last.semicolon == nil, let statement = body.last,
            case .expression(let expression) = statement.kind, expression.type != .void,
            expression.type != .never, isShown(expression)
        {
            if let call = callHint(expression) {
                warn(
                    "this names a function without calling it", expression.span, suggestion: call)
            }
            body[body.count - 1] = Stmt(.result(expression), statement.span)
            type = expression.type
        }
        context.body = body
        return type
    }

    /// Checks the statements of a cell, then the bodies of its functions.
    private func checkBodies(_ tree: SourceFileSyntax) throws(ScriptError) -> [Stmt] {
        let body = try statements(tree.statements)
        if context.declaresDeferred, mistakes.isEmpty {
            try recovering { () throws(ScriptError) in try checkDeferred(body) }
        }
        try recovering { () throws(ScriptError) in try checkAdoptions() }
        warnOfSwallowedDivisions()
        while !pending.isEmpty {
            let next = pending.removeFirst()
            try recovering { () throws(ScriptError) in
                owner = next.owner
                try check(next.statements, of: next.declaration, in: next.scope)
            }
            owner = nil
        }
        try recovering { () throws(ScriptError) in try checkConformances() }
        return body
    }

    private func isShown(_ expression: Expr) -> Bool {
        switch expression.kind {
        case .assign, .compound: false
        case .callNative(let row, _): !row.isDiscardable
        default: true
        }
    }

    /// Local functions that capture must themselves be captured by the functions that use them.
    private func settleCaptures() {
        var isSettled = false
        while !isSettled {
            isSettled = true
            for (context, function) in uses {
                guard let variable = function.variable, !function.context.captures.isEmpty,
                    context !== variable.context,
                    !context.captures.contains(where: { $0 === variable })
                else { continue }
                variable.isCaptured = true
                context.capture(variable)
                isSettled = false
            }
        }
    }

    /// Hands a type's own operators and description to its values.
    func settleDeclaredTypes() {
        let machine = interpreter.machine
        func value(_ function: FunctionDeclaration) -> ScriptFunction {
            ScriptFunction(
                name: function.name, type: function.functionType,
                body: .compiled(function.context.prototype, captures: []), machine: machine)
        }
        for info in interpreter.declaredTypes.values {
            let pair = [info.scriptType, info.scriptType]
            func own(_ name: String) -> FunctionDeclaration? {
                interpreter.operators[name]?.last { $0.parameters.map(\.type) == pair }
            }
            info.type.equals = own("==").map(value)
            info.type.less = own("<").map(value)
            info.type.hashing = info.methods["hash"]?.first {
                $0.parameters.map(\.label) == ["into"] && $0.parameters[0].isInOut
            }.map(value)
            if info.type.conformances.contains("CustomStringConvertible") {
                info.type.textDescription = info.getters["description"].map(value)
            }
            for name in info.type.conformances {
                guard let adopted = library.types[name], let requirement = adopted.requirement,
                    let witness = info.witness(of: requirement)
                else { continue }
                info.type.witnesses[name] = value(witness)
                info.type.forms = adopted.forms
                info.type.textDescription =
                    info.getters["description"].map(value) ?? text(of: adopted)
            }
        }
    }

    /// How a type of the library writes the values of scripts that conform to it.
    private func text(of adopted: ForeignType) -> ScriptFunction {
        ScriptFunction(
            name: "description", type: .function([.any], .string),
            body: .native { .string(adopted.describe($0[0])) }, machine: interpreter.machine)
    }
}
