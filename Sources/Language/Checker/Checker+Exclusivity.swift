import SwiftSyntax

extension Checker {
    /// Refuses a call that changes one value through two of its arguments.
    func checkExclusive(_ arguments: [CallArgument], _ span: Span) throws(ScriptError) {
        var places: [Place] = []
        for argument in arguments {
            guard case .place(let place) = argument else { continue }
            if let other = places.first(where: { $0.overlaps(place) }) {
                let isArray = [place, other].allSatisfy {
                    if case .element = $0.steps.last { true } else { false }
                }
                throw error(
                    .type,
                    "overlapping changes: '\(sourceText(other.span))' and "
                        + "'\(sourceText(place.span))' may be one value in this call", span,
                    suggestion: isArray
                        ? "copy one of them first, or use swapAt" : "copy one of them first")
            }
            places.append(place)
        }
    }

    /// `swap(&a, &b)` for two places of one type.
    func swapCall(_ arguments: [WrittenArgument], _ span: Span) throws(ScriptError) -> Expr {
        let swap = interpreter.swapFunction
        let result = try callScript([swap], nil, arguments, "swap", span)
        if case .callInOut(_, let values) = result.kind, case .place(let a)? = values.first,
            case .place(let b)? = values.last, a.type != b.type
        {
            throw error(.type, "swap: expected \(a.type), got \(b.type)", b.span)
        }
        return result
    }
}

extension Place {
    /// Whether two places may be one, or one a part of the other. Different properties of a
    /// structure and different elements of a tuple are apart.
    func overlaps(_ other: Place) -> Bool {
        switch (root, other.root) {
        case (.local(let a), .local(let b)): if a !== b { return false }
        case (.global(let a), .global(let b)): if a !== b { return false }
        default: return false
        }
        for (step, otherStep) in zip(steps, other.steps) {
            switch (step, otherStep) {
            case (.field(let a), .field(let b)), (.tupleElement(let a), .tupleElement(let b)):
                if a != b { return false }
            case (.unwrap, .unwrap), (.chain, .chain): continue
            default: return true
            }
        }
        return true
    }
}

extension FunctionDeclaration {
    /// Swift's `swap`, written as a function of a script.
    static func swap() -> FunctionDeclaration {
        let context = FunctionContext(name: "swap", parent: nil, result: .void)
        let declaration = FunctionDeclaration(name: "swap", context: context)
        for name in ["a", "b"] {
            var parameter = Parameter(name: name, label: nil, type: .any)
            parameter.isInOut = true
            declaration.parameters.append(parameter)
            declaration.defaults.append(nil)
            let variable = Variable(name, .any, isConstant: false, in: context, span: .none)
            variable.isInOut = true
            context.parameters.append(variable)
        }
        let (a, b) = (context.parameters[0], context.parameters[1])
        let held = Variable("held", .any, isConstant: true, in: context, span: .none)
        func value(_ variable: Variable) -> Expr { Expr(.local(variable), .any, .none) }
        func assign(_ variable: Variable, _ value: Expr) -> Stmt {
            let place = Place(.local(variable), type: .any, span: .none)
            return Stmt(.expression(Expr(.assign(place, value), .void, .none)), .none)
        }
        context.body = [
            Stmt(.declare(.local(held), value(a)), .none), assign(a, value(b)),
            assign(b, value(held)),
        ]
        return declaration
    }
}
