extension Emitter {
    /// Matches a boxed register; returns the jumps taken where it does not match.
    /// `number` is the register that holds the same value unboxed, if there is one.
    func match(_ pattern: Pattern, _ register: Int32, type: ScriptType, number: Int32? = nil)
        throws(ScriptError) -> [Int]
    {
        switch pattern {
        case .wildcard: return []
        case .bind(.local(let variable)) where number != nil && variable.isRaw:
            if !isAlternative { variable.register = newRaw() }
            emit(.moveRaw, variable.register, number ?? 0)
            return []
        case .bind(let storage):
            bind(storage, register)
            return []
        case .value(let e):
            if let number, let failures = try matchNumber(e, number, type) { return failures }
            let answer = newRaw()
            let source = try operand(e)
            if type == e.type, type == .string || type == .character {
                emit(.equalString, answer, source, register)
            } else {
                emit(.matches, answer, source, register)
            }
            return [emit(.jumpIfNot, answer)]
        case .tuple(let patterns):
            var failures: [Int] = []
            var types: [ScriptType] = []
            if case .tuple(let known, _) = type { types = known }
            for (index, inner) in patterns.enumerated() {
                if case .wildcard = inner { continue }
                let element = newValue()
                emit(.tupleElement, element, register, Int32(index))
                failures += try match(
                    inner, element, type: index < types.count ? types[index] : .any)
            }
            return failures
        case .optional(let inner):
            let content = newValue()
            let failure = emit(.unwrapOrJump, content, register)
            return try [failure] + match(inner, content, type: .any)
        case .isType(let wanted):
            let answer = newRaw()
            emit(.isType, answer, register, self.type(wanted))
            return [emit(.jumpIfNot, answer)]
        case .cast(let wanted, let inner):
            let answer = newRaw()
            emit(.isType, answer, register, self.type(wanted))
            let failure = emit(.jumpIfNot, answer)
            let converted = newValue()
            emit(.convert, converted, register, self.type(wanted))
            return try [failure] + match(inner, converted, type: wanted)
        case .enumCase(_, let index, let payload):
            let (subject, failures) = held(register, type)
            return try failures + enumCase(index, payload, subject)
        case .payload(let declared, let index, let tuple, let inner):
            let (subject, failures) = held(register, type)
            return try failures + enumCase(index, [], subject)
                + match(inner, payload(of: declared, index, subject), type: tuple)
        }
    }

    /// What a register holds inside an optional, and the jump taken where that is nil.
    private func held(_ register: Int32, _ type: ScriptType) -> (Int32, [Int]) {
        guard case .optional = type else { return (register, []) }
        let subject = newValue()
        return (subject, [emit(.unwrapOrJump, subject, register)])
    }

    /// A register with the values of an enumeration's case as a tuple.
    private func payload(of declared: DeclaredType, _ index: Int, _ subject: Int32) -> Int32 {
        let parameters = declared.cases[index].payload
        let first = newValues(parameters.count)
        for position in parameters.indices {
            emit(.payload, first + Int32(position), subject, Int32(position))
        }
        prototype.labels.append(parameters.map { $0.label ?? "" })
        emit(
            .makeTuple, first, first, Int32(prototype.labels.count - 1),
            x: UInt8(truncatingIfNeeded: parameters.count))
        return first
    }

    /// A number in a register against a number or a range of numbers; `nil` for other patterns.
    private func matchNumber(_ e: Expr, _ number: Int32, _ type: ScriptType) throws(ScriptError)
        -> [Int]?
    {
        var wanted = e
        if case .box(let inner) = e.kind { wanted = inner }
        let subject = Variable("subject", type, isConstant: true, in: context, span: e.span)
        subject.register = number
        let read = Expr(.local(subject), type, e.span)
        func test(_ operation: BinaryOperator, _ bound: Expr) throws(ScriptError) -> [Int] {
            try branch(Expr(.binary(operation, read, bound), .bool, e.span), whenTrue: false)
        }
        if wanted.type == type { return try test(.equal, wanted) }
        guard case .range(let lower, let upper, let isClosed) = wanted.kind, type != .bool,
            [lower, upper].allSatisfy({
                $0 == nil || $0?.type == type && $0.map { isPure($0) } == true
            })
        else { return nil }
        // Literals alone: a range that runs backwards is an error where it is made.
        if let lower, let upper, !isAscending(lower, upper) { return nil }
        var failures: [Int] = []
        if let lower { failures += try test(.greaterOrEqual, lower) }
        if let upper { failures += try test(isClosed ? .lessOrEqual : .less, upper) }
        return failures
    }

    private func isAscending(_ lower: Expr, _ upper: Expr) -> Bool {
        switch (lower.kind, upper.kind) {
        case (.int(let a), .int(let b)): a <= b
        case (.double(let a), .double(let b)): a <= b
        default: false
        }
    }

    private func enumCase(_ index: Int, _ payload: [Pattern], _ register: Int32)
        throws(ScriptError) -> [Int]
    {
        let answer = newRaw()
        emit(.caseIs, answer, register, Int32(index))
        var failures = [emit(.jumpIfNot, answer)]
        for (position, inner) in payload.enumerated() {
            if case .wildcard = inner { continue }
            let item = newValue()
            emit(.payload, item, register, Int32(position))
            failures += try match(inner, item, type: .any)
        }
        return failures
    }

    /// Gives a new variable the value of a boxed register.
    private func bind(_ storage: Storage, _ register: Int32) {
        switch storage {
        case .local(let variable):
            if variable.isRaw {
                if !isAlternative { variable.register = newRaw() }
                emit(unboxing(variable.type), variable.register, register)
                return
            }
            if !isAlternative { variable.register = newValue() }
            emit(.move, variable.register, register)
            if variable.isShared { emit(.makeCell, variable.register) }
        case .global(let global):
            if global.isRaw {
                let raw = newRaw()
                emit(unboxing(global.type), raw, register)
                emit(.storeGlobalRaw, raw, self.global(global))
            } else {
                emit(.move, self.global(global), register)
            }
            emit(.markGlobal, globalMark(global))
        }
    }

    func switchStatement(_ subject: Expr, _ cases: [SwitchCase], _ label: LoopLabel)
        throws(ScriptError)
    {
        let saved = (nextRaw, nextValue)
        defer { (nextRaw, nextValue) = saved }
        let register = newValue()
        var number: Int32?
        if subject.type.isRaw {
            let holder = newRaw()
            try raw(subject, into: holder)
            emit(boxing(subject.type), register, holder)
            number = holder
        } else if case .box(let inner) = subject.kind {
            let holder = newRaw()
            try raw(inner, into: holder)
            emit(boxing(inner.type), register, holder)
            number = holder
        } else {
            try value(subject, into: register)
        }
        loops.append(Loop(label: label, exitDepth: exits.count))
        let outer = fallthroughJumps
        fallthroughJumps = []
        var ends: [Int] = []
        for entry in cases {
            let pending = fallthroughJumps
            fallthroughJumps = []
            var failures: [Int] = []
            var bodies: [Int] = []
            for (index, (pattern, filter)) in entry.patterns.enumerated() {
                isAlternative = index > 0
                failures = try match(
                    pattern, register, type: subjectType(subject), number: number)
                isAlternative = false
                if let filter { failures += try branch(filter, whenTrue: false) }
                if index < entry.patterns.count - 1 {
                    bodies.append(emit(.jump))
                    land(failures)
                    failures = []
                }
            }
            land(bodies)
            land(pending)
            try block(entry.body)
            ends.append(emit(.jump))
            land(failures)
        }
        land(fallthroughJumps)
        fallthroughJumps = outer
        land(ends)
        land(loops.removeLast().breaks)
    }

    private func subjectType(_ subject: Expr) -> ScriptType {
        if case .box(let inner) = subject.kind { inner.type } else { subject.type }
    }

    func doCatch(_ body: [Stmt], _ error: Variable, _ clauses: [CatchClause]) throws(ScriptError) {
        let saved = (nextRaw, nextValue)
        defer { (nextRaw, nextValue) = saved }
        let caught = newValue()
        let handler = emit(.pushHandler, caught)
        exits.append(.handler)
        try block(body)
        exits.removeLast()
        emit(.popHandler)
        var ends = [emit(.jump)]
        land(handler)
        error.register = newValue()
        emit(.caught, error.register, caught)
        if error.isShared { emit(.makeCell, error.register) }
        var isOpen = true
        for clause in clauses {
            var failures: [Int] = []
            if let pattern = clause.pattern {
                failures = try match(pattern, error.register, type: .any)
            } else {
                isOpen = clause.filter != nil
            }
            if let filter = clause.filter { failures += try branch(filter, whenTrue: false) }
            try block(clause.body)
            ends.append(emit(.jump))
            land(failures)
        }
        if isOpen { emit(.rethrow, caught) }
        land(ends)
    }
}
