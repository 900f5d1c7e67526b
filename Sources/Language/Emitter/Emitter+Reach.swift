/// Elements and stored properties read and changed where they stand: a table entry of the prototype
/// is made to name the place, and instructions take it as they take a register.
extension Emitter {
    /// The way into a variable through elements and stored properties, its indices in registers.
    struct Way {
        enum Link {
            /// The element whose index is in an unboxed register.
            case element(Int32)
            case field(Int32)
        }
        let root: Int32
        /// Whether the root is the register of a cell.
        let isCell: Bool
        var links: [Link] = []
    }

    // MARK: Reading

    /// The operand of a value that is only read, where it stands if nothing evaluated between runs
    /// code of the script; `release` it as any operand.
    func operand(reading e: Expr, before others: [Expr] = []) throws(ScriptError) -> Int32 {
        guard others.allSatisfy({ isPure($0) }), let way = try way(reading: e),
            way.isCell || !way.links.isEmpty
        else { return try operand(e) }
        return reach(way, changing: false)
    }

    private func way(reading e: Expr) throws(ScriptError) -> Way? {
        switch e.kind {
        case .local(let variable) where !isRaw(variable):
            return Way(root: register(of: variable), isCell: variable.isShared)
        case .global(let global) where !global.isRaw:
            return Way(root: reached(global), isCell: false)
        case .element(let base, let index):
            guard index.type == .int, case .array = base.type, isPure(index),
                var way = try way(reading: base)
            else { return nil }
            way.links.append(.element(try raw(index)))
            return way
        case .field(let base, let index):
            guard var way = try way(reading: base) else { return nil }
            way.links.append(.field(Int32(index)))
            return way
        default: return nil
        }
    }

    /// Whether evaluating an expression runs no code of the script and changes nothing.
    func isPure(_ e: Expr, depth: Int = 0) -> Bool {
        guard depth < 12 else { return false }
        func isPart(_ e: Expr) -> Bool { isPure(e, depth: depth + 1) }
        switch e.kind {
        case .int, .double, .bool, .constant, .local: return true
        case .global(let global): return global.initializer == nil || global.isInitialized
        case .array(let elements): return elements.allSatisfy(isPart)
        case .binary(_, let a, let b):
            return a.type.isRaw && b.type.isRaw && isPart(a) && isPart(b)
        case .and(let a, let b), .or(let a, let b): return isPart(a) && isPart(b)
        case .negate(let a), .not(let a), .complement(let a): return a.type.isRaw && isPart(a)
        case .intToDouble(let a), .box(let a), .field(let a, _), .tupleElement(let a, _):
            return isPart(a)
        case .element(let a, let index): return isPart(a) && isPart(index)
        case .convert(let a): return e.type.isRaw && isPart(a)
        case .callNative(let row, let values):
            return (row.rawBody != nil || row.name == "count" && row.isCountRow)
                && values.allSatisfy(isPart)
        default: return false
        }
    }

    // MARK: Changing

    /// The way to a place that a statement changes, its indices evaluated; `nil` where it leads
    /// through anything but elements and stored properties. `rest` is evaluated after it.
    func way(to place: Place, before rest: [Expr]) throws(ScriptError) -> Way? {
        try way(to: place, place.steps[...], held: !rest.allSatisfy { isPure($0) })
    }

    /// As above for the first steps of a place; `held` where variables may change before its use.
    func way(to place: Place, _ steps: ArraySlice<Place.Step>, held isHeld: Bool)
        throws(ScriptError) -> Way?
    {
        guard
            steps.allSatisfy({
                switch $0 {
                case .field: true
                case .element(let index): index.type == .int
                default: false
                }
            })
        else { return nil }
        var way: Way
        switch place.root {
        case .local(let variable):
            if isRaw(variable) { return nil }
            way = Way(root: register(of: variable), isCell: variable.isShared)
        case .global(let global):
            if global.isRaw { return nil }
            way = Way(root: reached(global), isCell: false)
        case .value: return nil
        }
        for step in steps {
            switch step {
            case .element(let index):
                way.links.append(.element(try isHeld ? heldIndex(index) : raw(index)))
            case .field(let field): way.links.append(.field(Int32(field)))
            default: return nil
            }
        }
        return way
    }

    /// An index in a register that nothing evaluated later changes.
    private func heldIndex(_ index: Expr) throws(ScriptError) -> Int32 {
        let register = newRaw()
        try raw(index, into: register)
        return register
    }

    /// Makes the place at the end of a way an operand.
    func reach(_ way: Way, changing: Bool) -> Int32 {
        var place = way.root
        var entry: Int32?
        func step(_ opcode: Opcode, _ operand: Int32) {
            let slot = entry ?? newPlace()
            entry = slot
            emit(opcode, ~slot, place, operand)
            place = slot
        }
        if way.isCell { step(.reachCell, 0) }
        for link in way.links {
            switch link {
            case .element(let index): step(changing ? .ownElement : .reachElement, index)
            case .field(let field): step(changing ? .ownField : .reachField, field)
            }
        }
        return place
    }

    /// A table entry that instructions make to name a place.
    private func newPlace() -> Int32 {
        prototype.table.append(prototype.table[Int(~constant(.void))])
        return ~Int32(prototype.table.count - 1)
    }

    /// Stores a value at the end of a way.
    func assign(_ way: Way, _ e: Expr) throws(ScriptError) {
        guard let last = way.links.last else {
            let item = newValue()
            try value(e, into: item)
            emit(.put, reach(way, changing: true), item)
            return
        }
        var outer = way
        outer.links.removeLast()
        if RawKind(e.type) != nil {
            set(outer, last, try raw(e), e.type)
            return
        }
        let item = try operand(e)
        let base = reach(outer, changing: true)
        switch last {
        case .element(let index): emit(.setElement, base, index, item)
        case .field(let field): emit(.setField, base, field, item)
        }
        release(item, e)
    }

    private func set(_ outer: Way, _ last: Way.Link, _ register: Int32, _ type: ScriptType) {
        let base = reach(outer, changing: true)
        store(base, last, register, type)
    }

    private func store(_ base: Int32, _ last: Way.Link, _ register: Int32, _ type: ScriptType) {
        switch (last, type) {
        case (.element(let index), .int): emit(.setElementInt, base, index, register)
        case (.element(let index), .double): emit(.setElementDouble, base, index, register)
        case (.element(let index), _): emit(.setElementBool, base, index, register)
        case (.field(let field), .int): emit(.setFieldInt, base, field, register)
        case (.field(let field), .double): emit(.setFieldDouble, base, field, register)
        case (.field(let field), _): emit(.setFieldBool, base, field, register)
        }
    }

    /// `place op= operand` on an unboxed element or stored property: what is on the right is
    /// evaluated first, as Swift does, then the place is reached once, read and stored.
    func compound(
        _ way: Way, _ type: ScriptType, _ operation: BinaryOperator, _ operand: Expr, _ span: Span
    ) throws(ScriptError) {
        guard let last = way.links.last else { return }
        let right = try isPure(operand) ? operand : held(operand)
        var outer = way
        outer.links.removeLast()
        let base = reach(outer, changing: true)
        let current = Variable("current", type, isConstant: true, in: context, span: span)
        current.register = newRaw()
        switch (last, type) {
        case (.element(let index), .int): emit(.elementInt, current.register, base, index)
        case (.element(let index), .double): emit(.elementDouble, current.register, base, index)
        case (.element(let index), _): emit(.elementBool, current.register, base, index)
        case (.field(let field), .int): emit(.fieldInt, current.register, base, field)
        case (.field(let field), .double): emit(.fieldDouble, current.register, base, field)
        case (.field(let field), _): emit(.fieldBool, current.register, base, field)
        }
        var left = Expr(.local(current), type, span)
        if type == .int, right.type == .double { left = Expr(.intToDouble(left), .double, span) }
        let combined = Expr(.binary(operation, left, right), type, span)
        store(base, last, try raw(combined), type)
    }
}
