import SwiftSyntax

extension Checker {
    /// Sees to it that an initializer gives every stored property a value on each way to its end,
    /// and constants only one.
    func checkInitialization(_ declaration: FunctionDeclaration) throws(ScriptError) {
        guard let info = declaration.owner, let own = declaration.context.selfVariable else {
            return
        }
        var walk = InitializationWalk(info: info, own: own)
        if declaration.context.isDelegating {
            walk.required = [InitializationWalk.whole]
        } else {
            walk.required = Set(
                info.type.fields.indices.filter { info.fieldDefaults[$0] == nil })
            walk.constants = Set(
                info.type.fields.indices.filter { info.type.fields[$0].isConstant })
            walk.assigned = Set(
                info.type.fields.indices.filter { info.fieldDefaults[$0] != nil })
        }
        if walk.goesThrough(declaration.context.body) {
            walk.leave(at: declaration.context.span)
        }
        guard let fault = walk.fault else { return }
        throw report(fault, info)
    }

    private func report(_ fault: InitializationWalk.Fault, _ info: DeclaredTypeInfo)
        -> ScriptError
    {
        switch fault.kind {
        case .missing(InitializationWalk.whole):
            return error(
                .type, "this init may end without a call of another one", fault.span,
                suggestion: info.type.isEnumeration
                    ? "assign to self on every way through it" : "call self.init on every way")
        case .missing(let index):
            let name = info.type.fields[index].label
            return error(
                .type, "this init may end before '\(name)' has a value", fault.span,
                suggestion: "assign to self.\(name), or give it a default where it is declared")
        case .again(let index):
            let name = info.type.fields[index].label
            return error(
                .type, "'\(name)' is a constant and has its value already", fault.span,
                suggestion: "declare it with var \(name)")
        }
    }
}

/// Follows the ways through an initializer's body.
struct InitializationWalk {
    enum Kind {
        case missing(Int)
        /// A constant is given a second value.
        case again(Int)
    }
    struct Fault {
        let kind: Kind
        let span: Span
    }

    /// Stands for `self` as a whole.
    static let whole = -1

    let info: DeclaredTypeInfo
    let own: Variable
    var required: Set<Int> = []
    var constants: Set<Int> = []
    var assigned: Set<Int> = []
    var fault: Fault?

    init(info: DeclaredTypeInfo, own: Variable) {
        self.info = info
        self.own = own
    }

    /// Notes a way out of the initializer.
    mutating func leave(at span: Span) {
        guard fault == nil, !assigned.contains(Self.whole),
            let missing = required.subtracting(assigned).min()
        else { return }
        fault = Fault(kind: .missing(missing), span: span)
    }

    /// Follows statements; gives whether control reaches their end.
    mutating func goesThrough(_ statements: [Stmt]) -> Bool {
        for statement in statements {
            if !goesThrough(statement) { return false }
        }
        return true
    }

    private mutating func goesThrough(_ statement: Stmt) -> Bool {
        switch statement.kind {
        case .expression(let e), .result(let e), .collect(let e):
            assign(e)
            return e.type != .never
        case .return(let value):
            if case .constant(.none)? = value?.kind { return false }
            leave(at: statement.span)
            return false
        case .throw, .break, .continue: return false
        case .block(let body): return goesThrough(body)
        case .if(_, let body, let otherwise): return branch([body, otherwise])
        case .switch(_, let cases, _):
            var bodies: [[Stmt]] = []
            var falling: [Stmt] = []
            for entry in cases.reversed() {
                // What falls through goes on with the next case.
                if case .fallthrough? = entry.body.last?.kind {
                    falling = entry.body.dropLast() + falling
                } else {
                    falling = entry.body
                }
                bodies.append(falling)
            }
            return branch(bodies)
        case .doCatch(let body, _, let clauses):
            return branch([body] + clauses.map(\.body))
        case .while(let conditions, let body, let label):
            let before = assigned
            let repeats = goesThrough(body)
            if conditions.count == 1, case .expression(let test) = conditions[0],
                case .bool(true) = test.kind
            {
                return Checker.breaks(body, label)
            }
            noteRepeated(since: before, repeats, statement.span)
            assigned = before
            return true
        case .forIn(_, _, _, let body, _):
            let before = assigned
            let repeats = goesThrough(body)
            noteRepeated(since: before, repeats, statement.span)
            assigned = before
            return true
        case .repeat(let body, _, _):
            let before = assigned
            let repeats = goesThrough(body)
            noteRepeated(since: before, repeats, statement.span)
            return true
        case .declare, .destructure, .fallthrough, .defer, .localFunction: return true
        }
    }

    /// A loop that gives a constant its value would do so again.
    private mutating func noteRepeated(since before: Set<Int>, _ repeats: Bool, _ span: Span) {
        guard fault == nil, repeats,
            let index = assigned.subtracting(before).intersection(constants).min()
        else { return }
        fault = Fault(kind: .again(index), span: span)
    }

    private mutating func branch(_ bodies: [[Stmt]]) -> Bool {
        let before = assigned
        var merged: Set<Int>?
        for body in bodies {
            assigned = before
            guard goesThrough(body) else { continue }
            merged = merged.map { common($0, assigned) } ?? assigned
        }
        assigned = merged ?? before
        return merged != nil
    }

    private func common(_ a: Set<Int>, _ b: Set<Int>) -> Set<Int> {
        if a.contains(Self.whole) { return b }
        if b.contains(Self.whole) { return a }
        return a.intersection(b)
    }

    private mutating func assign(_ e: Expr) {
        switch e.kind {
        case .assign(let place, _):
            guard case .local(let variable) = place.root, variable === own else { return }
            if place.steps.isEmpty {
                assigned.insert(Self.whole)
            } else if place.steps.count == 1, case .field(let index) = place.steps[0] {
                if constants.contains(index),
                    assigned.contains(index) || assigned.contains(Self.whole), fault == nil
                {
                    fault = Fault(kind: .again(index), span: e.span)
                }
                assigned.insert(index)
            }
        case .block(let body, _): _ = goesThrough(body)
        default: break
        }
    }
}
