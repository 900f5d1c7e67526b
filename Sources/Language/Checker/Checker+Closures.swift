import SwiftSyntax

extension Checker {
    func closure(_ syntax: ClosureExprSyntax, _ expected: ScriptType?) throws(ScriptError) -> Expr {
        guard let capture = syntax.signature?.capture else {
            return try plainClosure(syntax, expected)
        }
        // `[n = value]` makes a constant where the closure is made, which the closure captures.
        var prologue: [Stmt] = []
        let holders = Scope(parent: scope, context: context)
        for item in capture.items {
            if let specifier = item.specifier {
                throw unsupported(
                    "'\(specifier.trimmedDescription)'", specifier,
                    instead: "leave it out: values are not shared by reference")
            }
            let value =
                if let initializer = item.initializer {
                    try argument(initializer.value)
                } else {
                    try name(item.name.text, item.name)
                }
            let holder = Variable(
                item.name.text, settled(value.type), isConstant: true, in: context,
                span: span(item))
            holders.names[item.name.text] = .variable(holder)
            prologue.append(Stmt(.declare(.local(holder), value), span(item)))
        }
        let outer = scope
        scope = holders
        defer { scope = outer }
        let inner = try plainClosure(syntax, expected)
        let result = Variable(
            "closure", inner.type, isConstant: false, in: context, span: inner.span)
        prologue.append(Stmt(.declare(.local(result), inner), inner.span))
        return Expr(.block(prologue, result: result), inner.type, inner.span)
    }

    private func plainClosure(_ syntax: ClosureExprSyntax, _ expected: ScriptType?)
        throws(ScriptError) -> Expr
    {
        var wanted: [ScriptType]?
        var wantedResult: ScriptType?
        switch expected.map(unwrapped) {
        case .function(let parameters, let result)?:
            if !(parameters.isEmpty && result == .any) { wanted = parameters }
            wantedResult = result
        default: break
        }
        let inner = FunctionContext(name: "closure", parent: context, result: .any)
        inner.isClosure = true
        inner.span = span(syntax)
        var names = try parameterNames(syntax, wanted: wanted?.count)
        var annotations: [ScriptType?] = try parameterTypes(syntax)
        if let clause = syntax.signature?.returnClause { wantedResult = try type(clause.type) }
        if let effects = syntax.signature?.effectSpecifiers?.asyncSpecifier {
            throw unsupported("async", effects)
        }
        // One tuple may arrive as several parameters.
        var unpacked: [(String, ScriptType?)]?
        if let only = wanted, only.count == 1, names.count > 1, case .tuple(let types, _) = only[0],
            types.count == names.count
        {
            unpacked = zip(names, types).map { ($0, $1) }
            names = ["$tuple"]
            annotations = [nil]
        }
        if let wanted, wanted.count != names.count {
            throw error(
                .argument,
                "this closure takes \(names.count) parameters, but is called with \(wanted.count)",
                syntax)
        }
        let savedContext = (
            scope, context, loops, isCollecting, builderElement, sawChain, insidePostfix
        )
        scope = Scope(parent: scope, context: inner)
        context = inner
        (loops, isCollecting, sawChain, insidePostfix) = ([], false, false, false)
        defer {
            (scope, context, loops, isCollecting, builderElement, sawChain, insidePostfix) =
                savedContext
        }
        var types: [ScriptType] = []
        for (index, name) in names.enumerated() {
            var parameterType =
                (index < annotations.count ? annotations[index] : nil)
                ?? wanted.map { $0[index] } ?? .any
            var isInOut = false
            if case .oneOf("inout", let inner) = parameterType {
                parameterType = inner[0]
                isInOut = true
            }
            if case .variable = parameterType { parameterType = .any }
            let variable = Variable(
                name, settled(parameterType), isConstant: !isInOut, in: inner, span: span(syntax))
            variable.isInOut = isInOut
            inner.parameters.append(variable)
            types.append(isInOut ? .oneOf("inout", [parameterType]) : parameterType)
            if name != "_" { scope.names[name] = .variable(variable) }
        }
        var prologue: [Stmt] = []
        if let unpacked, let tuple = inner.parameters.first {
            var patterns: [Pattern] = []
            for (name, type) in unpacked {
                if name == "_" {
                    patterns.append(.wildcard)
                    continue
                }
                patterns.append(
                    .bind(try declare(name, type ?? .any, isConstant: true, syntax)))
            }
            prologue = [
                Stmt(
                    .destructure(.tuple(patterns), Expr(.local(tuple), tuple.type, span(syntax))),
                    span(syntax))
            ]
        }
        scope = Scope(parent: scope, context: inner)
        try closureBody(syntax, inner, wantedResult)
        inner.body = prologue + inner.body
        let type = ScriptType.function(types, inner.result)
        return Expr(.closure(inner), type, span(syntax))
    }

    private func closureBody(
        _ syntax: ClosureExprSyntax, _ inner: FunctionContext, _ wantedResult: ScriptType?
    ) throws(ScriptError) {
        if let wantedResult, !wantedResult.isUncertain, wantedResult != .any {
            inner.result = wantedResult
            if wantedResult == .void, syntax.statements.count == 1,
                let only = syntax.statements.first, case .expr(let value) = only.item,
                !value.is(IfExprSyntax.self), !value.is(SwitchExprSyntax.self)
            {
                // The value of a single expression may be left unused here.
                inner.body = [Stmt(.expression(try expression(value)), span(value))]
                return
            }
            inner.body = try body(syntax.statements)
            if wantedResult != .void, wantedResult != .never, !leaves(inner.body) {
                throw error(
                    .type, "this closure may reach its end without returning \(wantedResult)",
                    syntax)
            }
            return
        }
        inner.infersResult = true
        inner.result = wantedResult ?? .any
        inner.body = try body(syntax.statements)
        let values = inner.returned
        guard !values.isEmpty else {
            inner.result = leaves(inner.body) ? .never : .void
            if inner.result == .never { inner.result = .any }
            return
        }
        let shared = common(values)
        inner.result = values.count == 1 ? settled(values[0].type) : settled(shared)
        if shared == .double { for value in values { _ = adapt(value, to: .double) } }
        if values.contains(where: { $0.type != inner.result }) {
            // The returns differ; each is boxed where it stands.
            if inner.result.isRaw { inner.result = .any }
        }
    }

    private func parameterTypes(_ syntax: ClosureExprSyntax) throws(ScriptError) -> [ScriptType?] {
        guard case .parameterClause(let clause)? = syntax.signature?.parameterClause else {
            return []
        }
        var result: [ScriptType?] = []
        for parameter in clause.parameters {
            guard var annotation = parameter.type else {
                result.append(nil)
                continue
            }
            var isInOut = false
            if let attributed = annotation.as(AttributedTypeSyntax.self) {
                isInOut = attributed.specifiers.contains { $0.trimmedDescription == "inout" }
                annotation = attributed.baseType
            }
            let type = try self.type(annotation)
            result.append(isInOut ? .oneOf("inout", [type]) : type)
        }
        return result
    }

    /// The names of a closure's parameters, written or `$0`, `$1`.
    private func parameterNames(_ syntax: ClosureExprSyntax, wanted: Int?) throws(ScriptError)
        -> [String]
    {
        if let signature = syntax.signature {
            switch signature.parameterClause {
            case .simpleInput(let names)?: return names.map(\.name.text)
            case .parameterClause(let clause)?:
                return clause.parameters.map { ($0.secondName ?? $0.firstName).text }
            case nil: break
            }
        }
        let used = Self.highestShorthand(Syntax(syntax.statements))
        let count = used + 1
        if let wanted, count > 0, count < wanted {
            let names = (0..<wanted).map { $0 < count ? "a\($0)" : "_" }.joined(separator: ", ")
            throw error(
                .argument, "this closure uses \(count) of its \(wanted) parameters", syntax,
                suggestion: "name them: \(names) in")
        }
        if let wanted, count == 0, wanted > 0 {
            throw error(
                .argument, "this closure is called with \(wanted) parameters and uses none", syntax,
                suggestion:
                    "begin it with \(Array(repeating: "_", count: wanted).joined(separator: ", ")) in"
            )
        }
        return (0..<count).map { "$\($0)" }
    }

    /// The highest `$n` used outside nested closures; -1 where there is none.
    static func highestShorthand(_ node: Syntax) -> Int {
        if let name = node.as(DeclReferenceExprSyntax.self), name.baseName.text.hasPrefix("$"),
            let index = Int(name.baseName.text.dropFirst())
        {
            return min(index, 20)
        }
        var highest = -1
        for child in node.children(viewMode: .sourceAccurate)
        where !child.is(ClosureExprSyntax.self) {
            highest = max(highest, highestShorthand(child))
        }
        return highest
    }
}
