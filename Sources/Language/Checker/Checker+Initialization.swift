import SwiftSyntax

extension Checker {
    /// Sees to it that an initializer gives every stored property a value on each way to its end,
    /// and constants only one.
    func checkInitialization(_ declaration: FunctionDeclaration) throws(ScriptError) {
        guard let info = declaration.owner, let own = declaration.context.selfVariable else {
            return
        }
        let fields = info.type.fields
        var walk = InitializationWalk()
        walk.own = own
        if declaration.context.isDelegating || info.type.isEnumeration {
            walk.required = [.whole]
        } else {
            let given = fields.indices.filter { info.fieldDefaults[$0] != nil }
            let constants = fields.indices.filter { fields[$0].isConstant }
            walk.required = InitializationWalk.slots(fields.indices)
                .subtracting(InitializationWalk.slots(given))
            walk.constants = InitializationWalk.slots(constants)
            walk.state.give(InitializationWalk.slots(given))
        }
        if walk.goesThrough(declaration.context.body) {
            walk.leave(at: declaration.context.span)
        }
        if let fault = walk.fault { throw report(fault, info) }
    }

    /// Sees to it that what is declared without a value gets one before it is used.
    func checkDeferred(_ body: [Stmt]) throws(ScriptError) {
        var walk = InitializationWalk()
        _ = walk.goesThrough(body)
        if let fault = walk.fault { throw report(fault, nil) }
    }

    private func report(_ fault: InitializationWalk.Fault, _ info: DeclaredTypeInfo?)
        -> ScriptError
    {
        let name: String
        switch fault.slot {
        case .variable(_, let variable): name = variable
        case .field(let index): name = info?.type.fields[index].label ?? "self"
        case .whole: name = "self"
        }
        switch (fault.kind, fault.slot) {
        case (.again, _):
            return error(
                .type, "'\(name)' is a constant and has its value already", fault.span,
                suggestion: "declare it with var \(name)")
        case (.early, .variable):
            return error(
                .name, "'\(name)' is used before it has a value", fault.span,
                suggestion: "give it one first on every way here: \(name) = ...")
        case (.early, .field):
            return error(
                .type, "self is used before '\(name)' has a value", fault.span,
                suggestion: "assign to self.\(name) first")
        case (.early, .whole):
            return error(
                .type, "self is used before it has a value", fault.span,
                suggestion: info?.type.isEnumeration == true
                    ? "assign to self first" : "call self.init first")
        case (.missing, .whole):
            return error(
                .type, "this init may end without a call of another one", fault.span,
                suggestion: info?.type.isEnumeration == true
                    ? "assign to self on every way through it" : "call self.init on every way")
        case (.missing, _):
            return error(
                .type, "this init may end before '\(name)' has a value", fault.span,
                suggestion: "assign to self.\(name), or give it a default where it is declared")
        }
    }
}

/// Follows the ways through a body, and what has a value on each.
struct InitializationWalk {
    /// What is to get a value.
    enum Slot: Hashable {
        /// A stored property of what an initializer makes.
        case field(Int)
        /// That as a whole.
        case whole
        /// A variable declared without a value, and its name.
        case variable(ObjectIdentifier, String)
    }
    enum Kind {
        /// An initializer may end without it.
        case missing
        /// A constant is given a second value.
        case again
        case early
    }
    struct Fault {
        let kind: Kind
        let slot: Slot
        let span: Span
    }
    /// What has a value here on every way, and what on some.
    struct State {
        private(set) var certain: Set<Slot> = []
        private(set) var possible: Set<Slot> = []

        mutating func give(_ slots: Set<Slot>) {
            certain.formUnion(slots)
            possible.formUnion(slots)
        }

        mutating func take(_ slot: Slot) {
            certain.remove(slot)
            possible.remove(slot)
        }

        /// The state after two ways have met.
        func meeting(_ other: State) -> State {
            var result = self
            result.possible.formUnion(other.possible)
            if certain.contains(.whole) {
                result.certain = other.certain
            } else if !other.certain.contains(.whole) {
                result.certain.formIntersection(other.certain)
            }
            return result
        }
    }

    /// The `self` of an initializer.
    var own: Variable?
    /// What it must give a value.
    var required: Set<Slot> = []
    var constants: Set<Slot> = []
    /// The variables declared without a value so far.
    private var open: Set<Slot> = []
    var state = State()
    /// What the ways that leave a loop or a switch with `break` have given values.
    private var breaks: [ObjectIdentifier: State] = [:]
    private var isInClosure = false
    private(set) var fault: Fault?

    private mutating func note(_ kind: Kind, _ slot: Slot, _ span: Span) {
        if fault == nil { fault = Fault(kind: kind, slot: slot, span: span) }
    }

    /// Notes a way out of an initializer.
    mutating func leave(at span: Span) {
        if !isInClosure, let slot = firstMissing { note(.missing, slot, span) }
    }

    private var firstMissing: Slot? {
        if own == nil || state.certain.contains(.whole) { return nil }
        let missing = required.subtracting(state.certain)
        return missing.contains(.whole)
            ? .whole : missing.min { Self.position($0) < Self.position($1) }
    }

    static func slots(_ fields: some Sequence<Int>) -> Set<Slot> { Set(fields.map { .field($0) }) }

    private static func position(_ slot: Slot) -> Int {
        if case .field(let index) = slot { index } else { -1 }
    }

    // MARK: Statements

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
            read(e)
            return e.type != .never
        case .declare(let storage, let value):
            if let value {
                read(value)
                state.give([Self.slot(storage)])
            } else {
                declare(storage)
            }
            return true
        case .destructure(let pattern, let value):
            read(value)
            for part in pattern.parts { read(part) }
            return true
        case .return(let value):
            if let value { read(value) }
            if case .constant(.none)? = value?.kind, own != nil { return false }
            leave(at: statement.span)
            return false
        case .throw(let value):
            read(value)
            return false
        case .break(let label):
            let key = ObjectIdentifier(label)
            breaks[key] = breaks[key]?.meeting(state) ?? state
            return false
        case .continue: return false
        case .block(let body): return goesThrough(body)
        case .if(let conditions, let body, let otherwise):
            read(conditions)
            return branch([body, otherwise])
        case .switch(let subject, let cases, let label):
            read(subject)
            return goesThrough(cases, label)
        case .doCatch(let body, _, let clauses):
            for clause in clauses { if let filter = clause.filter { read(filter) } }
            return branch([body] + clauses.map(\.body))
        case .while(let conditions, let body, let label):
            read(conditions)
            if conditions.count == 1, case .expression(let test) = conditions[0],
                case .bool(true) = test.kind
            {
                _ = turn(body, label, statement.span)
                guard let after = breaks[ObjectIdentifier(label)] else { return false }
                state = after
                return true
            }
            let before = state
            _ = turn(body, label, statement.span)
            state = before.meeting(state).meeting(breaks[ObjectIdentifier(label)] ?? before)
            return true
        case .forIn(let pattern, let sequence, let filter, let body, let label):
            read(sequence)
            let before = state
            for part in pattern.parts { read(part) }
            if let filter { read(filter) }
            _ = turn(body, label, statement.span)
            state = before.meeting(state).meeting(breaks[ObjectIdentifier(label)] ?? before)
            return true
        case .repeat(let body, let condition, let label):
            let reaches = turn(body, label, statement.span)
            if reaches { read(condition) }
            guard let left = breaks[ObjectIdentifier(label)] else { return true }
            state = reaches ? state.meeting(left) : left
            return true
        case .fallthrough, .defer, .localFunction: return true
        }
    }

    private mutating func declare(_ storage: Storage) {
        let slot = Self.slot(storage)
        open.insert(slot)
        let isConstant =
            switch storage {
            case .local(let variable): variable.isConstant
            case .global(let global): global.isConstant
            }
        if isConstant { constants.insert(slot) }
        state.take(slot)
    }

    private static func slot(_ storage: Storage) -> Slot {
        switch storage {
        case .local(let variable): .variable(ObjectIdentifier(variable), variable.name)
        case .global(let global): .variable(ObjectIdentifier(global), global.name)
        }
    }

    /// One turn of a loop. What gives a constant its value here would do so again.
    private mutating func turn(_ body: [Stmt], _ label: LoopLabel, _ span: Span) -> Bool {
        let before = state.possible
        let declared = open
        let repeats = goesThrough(body)
        let given = state.possible.subtracting(before).intersection(constants)
            .subtracting(open.subtracting(declared))
        if repeats, let slot = given.first { note(.again, slot, span) }
        return repeats
    }

    private mutating func goesThrough(_ cases: [SwitchCase], _ label: LoopLabel) -> Bool {
        for (pattern, filter) in cases.flatMap(\.patterns) {
            for part in pattern.parts { read(part) }
            if let filter { read(filter) }
        }
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
        let reaches = branch(bodies)
        guard let left = breaks[ObjectIdentifier(label)] else { return reaches }
        state = reaches ? state.meeting(left) : left
        return true
    }

    private mutating func branch(_ bodies: [[Stmt]]) -> Bool {
        let before = state
        var merged: State?
        for body in bodies {
            state = before
            guard goesThrough(body) else { continue }
            merged = merged.map { $0.meeting(state) } ?? state
        }
        state = merged ?? before
        return merged != nil
    }

    // MARK: Expressions

    private mutating func read(_ conditions: [Condition]) {
        for condition in conditions {
            switch condition {
            case .expression(let e): read(e)
            case .bind(let pattern, let e), .match(let pattern, let e):
                read(e)
                for part in pattern.parts { read(part) }
            }
        }
    }

    private mutating func read(_ e: Expr) {
        switch e.kind {
        case .local(let variable): use(variable, e.span)
        case .global(let global): use(Self.slot(.global(global)), e.span)
        case .field(let base, let index):
            if case .local(let variable) = base.kind, variable === own {
                use(field: index, e.span)
            } else {
                read(base)
            }
        case .assign(let place, let value):
            for part in place.parts { read(part) }
            read(value)
            assign(place, e.span)
        case .closure(let context):
            // It may run at any time, so it needs now what it uses; its returns leave itself.
            let before = (state, isInClosure)
            isInClosure = true
            _ = goesThrough(context.body)
            (state, isInClosure) = before
        case .block(let body, _), .builder(let body): _ = goesThrough(body)
        case .and(let first, let second), .or(let first, let second),
            .coalesce(let first, let second):
            read(first)
            sometimes([second])
        case .ternary(let test, let yes, let no):
            read(test)
            sometimes([yes])
            sometimes([no])
        default:
            for part in e.parts { read(part) }
            for place in e.places { use(place, e.span) }
        }
    }

    /// Reads what is not computed on every way.
    private mutating func sometimes(_ list: [Expr]) {
        let before = state
        for e in list { read(e) }
        state = before
    }

    private mutating func use(_ variable: Variable, _ span: Span) {
        if variable === own {
            if let slot = firstMissing { note(.early, slot, span) }
        } else {
            use(Self.slot(.local(variable)), span)
        }
    }

    private mutating func use(_ slot: Slot, _ span: Span) {
        if open.contains(slot), !state.certain.contains(slot) { note(.early, slot, span) }
    }

    private mutating func use(field index: Int, _ span: Span) {
        guard !state.certain.contains(.whole) else { return }
        if required.contains(.whole) {
            note(.early, .whole, span)
        } else if required.contains(.field(index)), !state.certain.contains(.field(index)) {
            note(.early, .field(index), span)
        }
    }

    private mutating func use(_ place: Place, _ span: Span) {
        switch place.root {
        case .local(let variable) where variable === own:
            if case .field(let index)? = place.steps.first {
                use(field: index, span)
            } else {
                use(variable, span)
            }
        case .local(let variable): use(variable, span)
        case .global(let global): use(Self.slot(.global(global)), span)
        case .value: break
        }
    }

    private mutating func assign(_ place: Place, _ span: Span) {
        let slot: Slot
        switch (place.root, place.steps.first) {
        case (.local(let variable), nil) where variable === own: slot = .whole
        case (.local(let variable), .field(let index)?)
        where variable === own && place.steps.count == 1:
            slot = .field(index)
        case (.local(let variable), nil): slot = Self.slot(.local(variable))
        case (.global(let global), nil): slot = Self.slot(.global(global))
        default:
            use(place, span)
            return
        }
        if constants.contains(slot), state.possible.contains(slot) || isWhole(slot) {
            note(.again, slot, span)
        }
        state.give([slot])
    }

    /// Whether a property has a value as `self` was assigned to as a whole.
    private func isWhole(_ slot: Slot) -> Bool {
        guard case .field = slot else { return false }
        return state.possible.contains(.whole)
    }
}
