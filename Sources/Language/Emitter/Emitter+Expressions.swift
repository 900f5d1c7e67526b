extension Emitter {
    /// A boxed operand holding an expression's value: its variable, a constant or a register.
    func operand(_ e: Expr) throws(ScriptError) -> Int32 {
        switch e.kind {
        case .local(let variable) where !e.type.isRaw && !isRaw(variable) && !variable.isShared:
            return register(of: variable)
        case .global(let global) where !global.isRaw: return reached(global)
        case .constant(let value): return constant(value)
        case .enumCase(let declared, let index, let payload) where payload.isEmpty:
            return constant(.enumeration(EnumValue(type: declared, index: index)))
        case .box(let inner):
            switch inner.kind {
            case .int(let value): return constant(.int(value))
            case .double(let value):
                return constant(.double(value))
            case .bool(let value): return constant(.bool(value))
            default: break
            }
        case .int(let value): return constant(.int(value))
        default: break
        }
        let register = newValue()
        try value(e, into: register)
        return register
    }

    /// Frees what a temporary held, so that storage does not stay shared.
    func release(_ operand: Int32, _ e: Expr) {
        switch e.kind {
        case .local, .global, .constant: return
        default: break
        }
        if operand >= 0, !e.type.isRaw { emit(.clear, operand) }
    }

    /// An unboxed register holding an expression's value.
    func raw(_ e: Expr) throws(ScriptError) -> Int32 {
        if case .local(let variable) = e.kind, isRaw(variable) { return variable.register }
        let register = newRaw()
        try raw(e, into: register)
        return register
    }

    /// Any expression as a boxed value in a register.
    func value(_ e: Expr, into target: Int32) throws(ScriptError) {
        guard stack.hasRoom else { throw tooDeep(e.span) }
        let outer = span
        span = e.span
        defer { span = outer }
        if e.type.isRaw, !isBoxedKind(e) {
            try scratch { () throws(ScriptError) in
                let source = try raw(e)
                emit(boxing(e.type), target, source)
            }
            return
        }
        try scratch { () throws(ScriptError) in try boxedValue(e, into: target) }
    }

    /// Raw-typed kinds whose value is computed boxed anyway.
    private func isBoxedKind(_ e: Expr) -> Bool {
        switch e.kind {
        case .constant: true
        default: false
        }
    }

    func boxing(_ type: ScriptType) -> Opcode {
        switch type {
        case .int: .boxInt
        case .double: .boxDouble
        default: .boxBool
        }
    }

    func unboxing(_ type: ScriptType) -> Opcode {
        switch type {
        case .int: .unboxInt
        case .double: .unboxDouble
        default: .unboxBool
        }
    }

    private func boxedValue(_ e: Expr, into target: Int32) throws(ScriptError) {
        switch e.kind {
        case .int(let value): emit(.move, target, constant(.int(value)))
        case .double(let value): emit(.move, target, constant(.double(value)))
        case .bool(let value): emit(.move, target, constant(.bool(value)))
        case .constant(let value): emit(.move, target, constant(value))
        case .local(let variable): load(variable, into: target)
        case .global(let global):
            let source = reached(global)
            if global.isRaw {
                let register = newRaw()
                emit(.loadGlobalRaw, register, source)
                emit(boxing(global.type), target, register)
            } else {
                emit(.move, target, source)
            }
        case .box(let inner): try value(inner, into: target)
        case .convert(let inner):
            let source = try operand(inner)
            if e.type == .any {
                emit(.move, target, source)
            } else {
                emit(.convert, target, source, type(e.type))
            }
            release(source, inner)
        case .wrap(let inner):
            let source = try operand(inner)
            emit(.wrap, target, source)
            release(source, inner)
        case .interpolation(let pieces):
            let first = newValues(pieces.count)
            for (index, piece) in pieces.enumerated() {
                try value(piece, into: first + Int32(index))
            }
            emit(.concatenate, target, first, Int32(pieces.count))
        case .binary(let operation, let a, let b):
            let left = try operand(a)
            let right = try operand(b)
            emit(.binary, target, left, right, x: operation.rawValue)
            release(left, a)
            release(right, b)
        case .negate(let inner):
            let source = try operand(inner)
            emit(.negate, target, source)
        case .complement(let inner):
            let source = try operand(inner)
            emit(.complement, target, source)
        case .ternary(let test, let yes, let no):
            let jumps = try branch(test, whenTrue: false)
            try value(yes, into: target)
            let end = emit(.jump)
            land(jumps)
            try value(no, into: target)
            land(end)
        case .coalesce(let a, let b):
            let jump = try unwrapped(a, into: target)
            if case .optional = e.type, case .optional(let inner) = a.type, inner != e.type {
                emit(.wrap, target, target)
            }
            let end = emit(.jump)
            land(jump)
            try value(b, into: target)
            land(end)
        case .array(let elements):
            if elements.count <= 1_000, let value = constantValue(e) {
                emit(.move, target, constant(value))
            } else {
                try list(elements, into: target)
            }
        case .dictionary(let pairs):
            let first = newValues(pairs.count * 2)
            for (index, pair) in pairs.enumerated() {
                try value(pair.0, into: first + Int32(index * 2))
                try value(pair.1, into: first + Int32(index * 2 + 1))
            }
            emit(.makeDictionary, target, first, Int32(pairs.count * 2))
        case .tuple where constantValue(e) != nil:
            if let value = constantValue(e) { emit(.move, target, constant(value)) }
        case .tuple(let elements, let labels):
            let first = newValues(elements.count)
            for (index, element) in elements.enumerated() {
                try value(element, into: first + Int32(index))
            }
            prototype.labels.append(labels)
            emit(
                .makeTuple, target, first, Int32(prototype.labels.count - 1),
                x: try byte(elements.count, "a tuple of more than 255 elements", e.span))
        case .range(let lower, let upper, let isClosed):
            try range(lower, upper, isClosed, into: target)
        case .element(let base, let index):
            let array = try operand(reading: base, before: [index])
            emit(.element, target, array, try raw(index))
            if target != array { release(array, base) }
        case .lookup(let base, let arguments):
            if let entry = entry(e) {
                try read(entry, into: target)
            } else {
                try lookup(base, arguments, into: target)
            }
        case .field(let base, let index):
            let source = try operand(reading: base)
            emit(.field, target, source, Int32(index))
            if mayBeUnset(base, index) { emit(.requireValue, target) }
            if target != source { release(source, base) }
        case .tupleElement(let base, let index):
            let source = try operand(reading: base)
            emit(.tupleElement, target, source, Int32(index))
            if target != source { release(source, base) }
        case .dynamicMember(let base, let name):
            let source = try operand(base)
            prototype.names.append(name)
            emit(.dynamicMember, target, source, Int32(prototype.names.count - 1))
        case .call, .callInOut, .callValue, .callValueInOut, .callNative, .callMutating,
            .callDynamic,
            .callDynamicMutating:
            try call(e, into: target)
        case .construct(let declared, let fields):
            let first = newValues(fields.count)
            for (index, field) in fields.enumerated() {
                try value(field, into: first + Int32(index))
            }
            emit(
                .construct, target, first, declaredType(declared))
        case .enumCase(let declared, let index, let payload) where payload.isEmpty:
            emit(
                .move, target, constant(.enumeration(EnumValue(type: declared, index: index))))
        case .enumCase(let declared, let index, let payload):
            let first = newValues(payload.count)
            for (position, item) in payload.enumerated() {
                try value(item, into: first + Int32(position))
            }
            emit(
                .makeCase, target, first, declaredType(declared),
                x: try byte(index, "a case beyond the 256th that holds values", e.span))
        case .closure(let inner): try closure(inner, nil, into: target)
        case .function(let declaration): try functionValue(declaration, into: target)
        case .unwrap(let inner):
            if entry(inner) != nil {
                let isMissing = try unwrapped(inner, into: target)
                let end = emit(.jump)
                land(isMissing)
                emit(.unwrap, target, constant(.none))
                land(end)
                return
            }
            let source = try operand(reading: inner)
            emit(.unwrap, target, source)
            if target != source { release(source, inner) }
        case .chain(let inner):
            chainExits.append([])
            try value(inner, into: target)
            let exits = chainExits.removeLast()
            let end = emit(.jump)
            land(exits)
            emit(.move, target, constant(e.type == .void ? .void : .none))
            land(end)
        case .chainLink(let inner):
            let jump = try unwrapped(inner, into: target)
            if !chainExits.isEmpty { chainExits[chainExits.count - 1].append(jump) }
        case .cast(let inner, let wanted, let isForced):
            let source = try operand(inner)
            emit(isForced ? .castForced : .cast, target, source, type(wanted))
        case .builder(let body):
            let outer = collector
            collector = newValue()
            emit(.makeArray, collector, 0, 0)
            try block(body)
            emit(.take, target, collector)
            collector = outer
        case .block(let body, let result):
            if let result { result.register = result.isRaw ? newRaw() : newValue() }
            try block(body)
            if let result {
                try value(Expr(.local(result), result.type, e.span), into: target)
            }
        case .assign, .compound:
            try effect(e)
            emit(.clear, target)
        case .readPlace(let place):
            let path = try self.path(to: place)
            emit(.readPath, target, path)
        case .type(let named): emit(.move, target, constant(.type(named)))
        case .isType, .and, .or, .not, .intToDouble:
            let source = newRaw()
            try raw(e, into: source)
            emit(boxing(e.type.isRaw ? e.type : .bool), target, source)
        }
    }

    /// Whether a property is read in an initializer that may not have set it yet.
    private func mayBeUnset(_ base: Expr, _ index: Int) -> Bool {
        guard context.isInitializer, case .local(let own) = base.kind,
            own === context.selfVariable, case .declared(_, let id) = own.type
        else { return false }
        let defaults = interpreter.declaredTypes[id]?.fieldDefaults ?? []
        return index < defaults.count && defaults[index] == nil
    }

    /// The value of a literal that is made of literals alone, so that it is made once.
    private func constantValue(_ e: Expr, depth: Int = 0) -> Value? {
        guard depth < 8 else { return nil }
        func parts(_ elements: [Expr]) -> [Value]? {
            var values: [Value] = []
            for element in elements {
                guard let value = constantValue(element, depth: depth + 1) else { return nil }
                values.append(value)
            }
            return values
        }
        switch e.kind {
        case .int(let value): return .int(value)
        case .double(let value): return .double(value)
        case .bool(let value): return .bool(value)
        case .constant(let value): return value
        case .box(let inner): return constantValue(inner, depth: depth + 1)
        case .negate(let inner):
            switch inner.kind {
            case .int(let value) where value != .min: return .int(-value)
            case .double(let value): return .double(-value)
            default: return nil
            }
        case .array(let elements): return parts(elements).map { .array($0) }
        case .tuple(let elements, let labels) where elements.count <= UInt8.max:
            return parts(elements).map { .tuple(ScriptTuple($0, labels: labels)) }
        default: return nil
        }
    }

    private func load(_ variable: Variable, into target: Int32) {
        let register = register(of: variable)
        if variable.isShared {
            emit(.loadCell, target, register)
        } else if isRaw(variable) {
            emit(boxing(variable.type), target, register)
        } else if register != target {
            emit(.move, target, register)
        }
    }

    func list(_ elements: [Expr], into target: Int32) throws(ScriptError) {
        let first = newValues(min(elements.count, 200))
        if elements.count <= 200 {
            for (index, element) in elements.enumerated() {
                try value(element, into: first + Int32(index))
            }
            emit(.makeArray, target, first, Int32(elements.count))
            return
        }
        // Long literals are built piece by piece, as registers are few.
        let array = newValue()
        emit(.makeArray, array, 0, 0)
        for element in elements {
            try value(element, into: first)
            emit(.append, array, first)
        }
        emit(.take, target, array)
    }

    private func range(_ lower: Expr?, _ upper: Expr?, _ isClosed: Bool, into target: Int32)
        throws(ScriptError)
    {
        if let lower, let upper, lower.type == .int, upper.type == .int {
            let low = try raw(lower)
            let high = try raw(upper)
            emit(.makeRangeInt, target, low, high, x: isClosed ? 1 : 0)
            return
        }
        let first = newValues(2)
        if let lower { try value(lower, into: first) }
        if let upper { try value(upper, into: first + 1) }
        emit(
            .makeRange, target, first, 0,
            x: (lower == nil ? 0 : 1) | (upper == nil ? 0 : 2) | (isClosed ? 4 : 0))
    }

    private func lookup(_ base: Expr, _ arguments: [Expr.Argument], into target: Int32)
        throws(ScriptError)
    {
        let source = try operand(base)
        let first = newValues(arguments.count)
        for (index, argument) in arguments.enumerated() {
            try value(argument.value, into: first + Int32(index))
        }
        emit(
            .lookup, target, source, first,
            x: try byte(arguments.count, "a subscript with more than 255 arguments", base.span))
        if target != source { release(source, base) }
    }

    // MARK: Closures

    func closure(_ inner: FunctionContext, _ declaration: FunctionDeclaration?, into target: Int32)
        throws(ScriptError)
    {
        try interpreter.compile(inner, declaration, prototype.source)
        let index = callee(inner.prototype)
        prototype.captureSources[Int(index)] = inner.captures.map { capturedRegister($0) }
        emit(.makeClosure, target, index)
    }

    /// The boxed register that a capture is copied from.
    func capturedRegister(_ variable: Variable) -> Int32 {
        guard isRaw(variable) else { return register(of: variable) }
        let register = newValue()
        emit(boxing(variable.type), register, variable.register)
        return register
    }

    private func functionValue(_ declaration: FunctionDeclaration, into target: Int32)
        throws(ScriptError)
    {
        if let variable = declaration.variable, !declaration.context.captures.isEmpty {
            load(variable, into: target)
        } else {
            let index = callee(declaration.context.prototype)
            declaration.context.prototype.functionType = declaration.functionType
            emit(.makeClosure, target, index)
        }
    }
}
