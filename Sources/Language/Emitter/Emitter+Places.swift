extension Emitter {
    /// Compiles the way into a place; indices are computed here, in order.
    func path(to place: Place) throws(ScriptError) -> Int32 {
        var root: Path.Root
        switch place.root {
        case .local(let variable):
            if variable.isShared {
                root = .cell(register(of: variable))
            } else if isRaw(variable), let kind = RawKind(variable.type) {
                root = .raw(variable.register, kind)
            } else {
                root = .value(register(of: variable))
            }
        case .global(let global):
            let operand = reached(global)
            root = global.isRaw ? .globalRaw(global) : .value(operand)
        case .value(let expression):
            let register = newValue()
            try value(expression, into: register)
            root = .value(register)
        }
        var steps: [Path.Step] = []
        for step in place.steps {
            switch step {
            case .field(let field): steps.append(.field(field))
            case .tupleElement(let element): steps.append(.tupleElement(element))
            case .element(let position):
                let register = newValue()
                try value(position, into: register)
                steps.append(.element(register))
            case .lookup(let key, let fallback):
                let register = newValue()
                try value(key, into: register)
                var fallbackRegister: Int32?
                if let fallback {
                    let register = newValue()
                    try value(fallback, into: register)
                    fallbackRegister = register
                }
                steps.append(.lookup(register, default: fallbackRegister))
            case .unwrap: steps.append(.unwrap)
            case .chain:
                // Nothing is computed or stored where there is nothing.
                prototype.paths.append(Path(root: root, steps: steps))
                let probe = newValue()
                emit(.readPath, probe, Int32(prototype.paths.count - 1))
                let jump = emit(.unwrapOrJump, probe, probe)
                emit(.clear, probe)
                if !chainExits.isEmpty { chainExits[chainExits.count - 1].append(jump) }
                steps.append(.unwrap)
            case .property(let row): steps.append(.property(row))
            case .subscript(let row, let arguments):
                let first = try indices(arguments)
                steps.append(.subscript(row, first, Int32(arguments.count)))
            case .computed(let getter, let setter, let arguments):
                let first = try indices(arguments)
                steps.append(
                    .computed(
                        Path.Accessors(
                            getter: getter.context.prototype, setter: setter?.context.prototype,
                            first: first, count: Int32(arguments.count),
                            isStatic: getter.isStatic, isMutating: getter.isMutating)))
            case .observed(let field, let setter, let inPlace):
                steps.append(.observed(field, setter.context.prototype, inPlace: inPlace))
            case .dynamic(let name): steps.append(.dynamic(name))
            case .dynamicSubscript(let arguments, let labels):
                let first = try indices(arguments)
                steps.append(.dynamicSubscript(first, Int32(arguments.count), labels))
            }
        }
        return path(Path(root: root, steps: steps))
    }

    private func indices(_ arguments: [Expr]) throws(ScriptError) -> Int32 {
        let first = newValues(max(1, arguments.count))
        for (index, argument) in arguments.enumerated() {
            try value(argument, into: first + Int32(index))
        }
        return first
    }

    /// An expression for its effect alone.
    func effect(_ e: Expr) throws(ScriptError) {
        let outer = span
        span = e.span
        defer { span = outer }
        try scratch { () throws(ScriptError) in
            switch e.kind {
            case .assign(let place, let value): try assign(place, value)
            case .compound(let place, let operation, let value):
                try compound(place, operation, value, e)
            case .block(let body, nil): try block(body)
            case .chain(let inner):
                chainExits.append([])
                try effect(inner)
                land(chainExits.removeLast())
            case .call(let declaration, let arguments) where declaration.context.captures.isEmpty:
                let window = try staticCall(declaration, arguments.map { .value($0) })
                if RawKind(declaration.result) == nil, declaration.result != .void {
                    emit(.clear, window.value + Int32(declaration.resultSlot))
                }
            default:
                if e.type.isRaw {
                    _ = try raw(e)
                } else {
                    let register = newValue()
                    try value(e, into: register)
                    emit(.clear, register)
                }
            }
        }
    }

    private func assign(_ place: Place, _ e: Expr) throws(ScriptError) {
        if place.steps.isEmpty {
            switch place.root {
            case .local(let variable): try store(e, in: .local(variable), isDeclaration: false)
            case .global(let global):
                if !global.isDeferred { _ = reached(global) }
                try store(e, in: .global(global), isDeclaration: global.isDeferred)
            case .value: break
            }
            return
        }
        if let way = try way(to: place, before: [e]) {
            try assign(way, e)
            return
        }
        if try assignEntry(place, e) { return }
        let isChain = place.steps.contains { if case .chain = $0 { true } else { false } }
        if isChain {
            let path = try self.path(to: place)
            let item = newValue()
            try value(e, into: item)
            emit(.storePath, path, item)
            emit(.clear, item)
            return
        }
        let item = newValue()
        try value(e, into: item)
        emit(.storePath, try path(to: place), item)
        emit(.clear, item)
    }

    private func compound(_ place: Place, _ operation: BinaryOperator, _ operand: Expr, _ e: Expr)
        throws(ScriptError)
    {
        if try compoundEntry(place, operation, operand) { return }
        if place.type.isRaw {
            if !place.steps.isEmpty, let way = try way(to: place, before: [operand]) {
                try compound(way, place.type, operation, operand, e.span)
                return
            }
            // Unboxed: read, combine, store; each index is computed once.
            let current = try readOnce(place)
            var left = current.value
            let operand = try isPure(operand) ? operand : held(operand)
            if left.type == .int, operand.type == .double {
                left = Expr(.intToDouble(left), .double, left.span)
            }
            let combined = Expr(.binary(operation, left, operand), place.type, e.span)
            try assign(current.place, combined)
            return
        }
        if let way = try way(to: place, before: [operand]) {
            if isBuiltIn(operation, place.type, operand.type) {
                let item = try self.operand(operand)
                emit(.modify, reach(way, changing: true), item, x: operation.rawValue)
                release(item, operand)
                return
            }
            if way.links.isEmpty {
                let item = try self.operand(operand)
                let result = newValue()
                emit(.binary, result, reach(way, changing: true), item, x: operation.rawValue)
                emit(.put, reach(way, changing: true), result)
                release(item, operand)
                return
            }
        }
        let item = newValue()
        try value(operand, into: item)
        emit(.modifyPath, try path(to: place), item, x: operation.rawValue)
        emit(.clear, item)
    }

    /// Whether an operation on these types runs no code of the script.
    func isBuiltIn(_ operation: BinaryOperator, _ left: ScriptType, _ right: ScriptType)
        -> Bool
    {
        switch (left, right) {
        case (.string, .string), (.array, .array): operation == .add
        case (.float, .float): true
        default: false
        }
    }

    /// A place whose index is held in a register, and the expression that reads it.
    private func readOnce(_ place: Place) throws(ScriptError) -> (place: Place, value: Expr) {
        let root: Expr
        switch place.root {
        case .local(let variable): root = Expr(.local(variable), variable.type, place.span)
        case .global(let global): root = Expr(.global(global), global.type, place.span)
        case .value(let expression): root = expression
        }
        return place.steps.isEmpty ? (place, root) : try readThroughPath(place)
    }

    private func readThroughPath(_ place: Place) throws(ScriptError) -> (place: Place, value: Expr)
    {
        var steps: [Place.Step] = []
        for step in place.steps {
            switch step {
            case .element(let index): steps.append(.element(try held(index)))
            case .lookup(let key, let fallback):
                var heldFallback: Expr?
                if let fallback { heldFallback = try held(fallback) }
                steps.append(.lookup(try held(key), default: heldFallback))
            case .subscript(let row, let arguments):
                var values: [Expr] = []
                for argument in arguments { values.append(try held(argument)) }
                steps.append(.subscript(row, values))
            case .computed(let get, let set, let arguments):
                var values: [Expr] = []
                for argument in arguments { values.append(try held(argument)) }
                steps.append(.computed(get, set, values))
            default: steps.append(step)
            }
        }
        let place = Place(place.root, steps: steps, type: place.type, span: place.span)
        return (place, Expr(.readPlace(place), place.type, place.span))
    }

    /// An expression computed now, as one that reads the register it is held in.
    func held(_ e: Expr) throws(ScriptError) -> Expr {
        let holder = Variable("held", e.type, isConstant: true, in: context, span: e.span)
        if e.type.isRaw {
            holder.register = newRaw()
            try raw(e, into: holder.register)
        } else {
            holder.register = newValue()
            try value(e, into: holder.register)
        }
        return Expr(.local(holder), e.type, e.span)
    }

    /// Stores a value in a variable.
    func store(_ e: Expr, in storage: Storage, isDeclaration: Bool) throws(ScriptError) {
        switch storage {
        case .local(let variable):
            if variable.context !== context || variable.isShared {
                let item = newValue()
                try value(e, into: item)
                emit(.storeCell, register(of: variable), item)
                emit(.clear, item)
            } else if variable.isRaw {
                try raw(e, into: variable.register)
            } else {
                try value(e, into: variable.register)
            }
        case .global(let global):
            if global.isRaw {
                try scratch { () throws(ScriptError) in
                    emit(.storeGlobalRaw, try raw(e), self.global(global))
                }
            } else {
                try scratch { () throws(ScriptError) in
                    let item = try operand(e)
                    if item >= 0, !isVariable(e) {
                        emit(.move, self.global(global), item)
                        emit(.clear, item)
                    } else {
                        emit(.move, self.global(global), item)
                    }
                }
            }
            if isDeclaration { emit(.markGlobal, globalMark(global)) }
        }
    }

    func isVariable(_ e: Expr) -> Bool {
        if case .local = e.kind { true } else { false }
    }
}
