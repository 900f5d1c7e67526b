extension Emitter {
    /// A raw-typed expression into an unboxed register.
    func raw(_ e: Expr, into target: Int32) throws(ScriptError) {
        guard stack.hasRoom else { throw tooDeep(e.span) }
        let outer = span
        span = e.span
        defer { span = outer }
        let saved = (nextRaw, nextValue)
        defer { (nextRaw, nextValue) = saved }
        switch e.kind {
        case .int(let value): loadInt(value, into: target)
        case .double(let value):
            emit(.loadRaw, target, rawConstant(Int(Int64(bitPattern: value.bitPattern))))
        case .bool(let value): emit(.loadImmediate, target, value ? 1 : 0)
        case .constant(let value):
            emit(unboxing(e.type), target, constant(value))
        case .local(let variable):
            if isRaw(variable) {
                if variable.register != target { emit(.moveRaw, target, variable.register) }
            } else if variable.isShared {
                let register = newValue()
                emit(.loadCell, register, self.register(of: variable))
                emit(unboxing(e.type), target, register)
            } else {
                emit(unboxing(e.type), target, register(of: variable))
            }
        case .global(let global) where global.isRaw:
            let source = reached(global)
            emit(.loadGlobalRaw, target, source)
        case .binary(let operation, let a, let b):
            if a.type.isRaw, b.type.isRaw {
                try arithmetic(operation, a, b, into: target)
            } else {
                let left = try operand(reading: a, before: [b])
                let right = try operand(reading: b)
                if operation.isEquality, a.type == b.type, a.type == .string || a.type == .character
                {
                    emit(.equalString, target, left, right, x: operation == .notEqual ? 1 : 0)
                } else {
                    emit(.compare, target, left, right, x: operation.rawValue)
                }
                release(left, a)
                release(right, b)
            }
        case .negate(let inner):
            emit(e.type == .int ? .negateInt : .negateDouble, target, try raw(inner))
        case .complement(let inner): emit(.complementInt, target, try raw(inner))
        case .not(let inner): emit(.notBool, target, try raw(inner))
        case .and, .or:
            let jumps = try branch(e, whenTrue: false)
            emit(.loadImmediate, target, 1)
            let end = emit(.jump)
            land(jumps)
            emit(.loadImmediate, target, 0)
            land(end)
        case .ternary(let test, let yes, let no):
            let jumps = try branch(test, whenTrue: false)
            try raw(yes, into: target)
            let end = emit(.jump)
            land(jumps)
            try raw(no, into: target)
            land(end)
        case .intToDouble(let inner): emit(.intToDouble, target, try raw(inner))
        case .element(let base, let index):
            let array = try operand(reading: base, before: [index])
            let position = try raw(index)
            switch e.type {
            case .int: emit(.elementInt, target, array, position)
            case .double: emit(.elementDouble, target, array, position)
            default: emit(.elementBool, target, array, position)
            }
            release(array, base)
        case .field(let base, let index):
            let source = try operand(reading: base)
            switch e.type {
            case .int: emit(.fieldInt, target, source, Int32(index))
            case .double: emit(.fieldDouble, target, source, Int32(index))
            default: emit(.fieldBool, target, source, Int32(index))
            }
            release(source, base)
        case .box(let inner) where inner.type.isRaw: try raw(inner, into: target)
        case .isType(let inner, let wanted):
            let source = try operand(inner)
            emit(.isType, target, source, type(wanted))
        case .convert(let inner):
            if case .callNative(let row, let values) = inner.kind, row.name == "count",
                values.count == 1, row.isCountRow
            {
                let base = try operand(reading: values[0])
                emit(.count, target, base)
                release(base, values[0])
                return
            }
            if case .callNative(let row, let values) = inner.kind,
                try unboxedCall(row, values, into: target)
            {
                return
            }
            let source = try operand(reading: inner)
            emit(unboxing(e.type), target, source)
            release(source, inner)
        case .call(let declaration, let arguments) where declaration.context.captures.isEmpty:
            let window = try staticCall(declaration, arguments.map { .value($0) })
            emit(.moveRaw, target, window.raw)
        case .block(let body, let result):
            guard let result else { return }
            result.register = result.isRaw ? newRaw() : newValue()
            try block(body)
            try raw(Expr(.local(result), e.type, e.span), into: target)
        case .callInOut(let declaration, let arguments) where declaration.context.captures.isEmpty:
            let window = try staticCall(declaration, arguments)
            emit(.moveRaw, target, window.raw)
        case .readPlace(let place):
            let register = newValue()
            emit(.readPath, register, try path(to: place))
            emit(unboxing(e.type), target, register)
        default:
            // Computed boxed, then unboxed with a check.
            let register = newValue()
            try value(Expr(e.kind, .any, e.span), into: register)
            emit(unboxing(e.type), target, register)
        }
    }

    func loadInt(_ value: Int, into target: Int32) {
        if let small = Int32(exactly: value) {
            emit(.loadImmediate, target, small)
        } else {
            emit(.loadRaw, target, rawConstant(value))
        }
    }

    private func small(_ e: Expr) -> Int32? {
        if case .int(let value) = e.kind { Int32(exactly: value) } else { nil }
    }

    private func arithmetic(_ operation: BinaryOperator, _ a: Expr, _ b: Expr, into target: Int32)
        throws(ScriptError)
    {
        if a.type == .int {
            let left = try raw(a)
            if let immediate = small(b) {
                switch operation {
                case .add:
                    emit(.addImmediate, target, left, immediate)
                    return
                case .subtract where immediate != .min:
                    emit(.addImmediate, target, left, -immediate)
                    return
                case .multiply:
                    emit(.multiplyImmediate, target, left, immediate)
                    return
                case .remainder where immediate > 0:
                    emit(.remainderImmediate, target, left, immediate)
                    return
                default: break
                }
            }
            let right = try raw(b)
            switch operation {
            case .greater: emit(.lessInt, target, right, left)
            case .greaterOrEqual: emit(.lessOrEqualInt, target, right, left)
            default: emit(integerOpcode(operation), target, left, right)
            }
            return
        }
        let left = try raw(a)
        let right = try raw(b)
        if a.type == .bool {
            emit(operation == .equal ? .equalInt : .notEqualInt, target, left, right)
            return
        }
        switch operation {
        case .greater: emit(.lessDouble, target, right, left)
        case .greaterOrEqual: emit(.lessOrEqualDouble, target, right, left)
        default: emit(doubleOpcode(operation), target, left, right)
        }
    }

    private func integerOpcode(_ operation: BinaryOperator) -> Opcode {
        switch operation {
        case .add: .addInt
        case .subtract: .subtractInt
        case .multiply: .multiplyInt
        case .divide: .divideInt
        case .remainder: .remainderInt
        case .power: .powerInt
        case .addWrapping: .addWrapping
        case .subtractWrapping: .subtractWrapping
        case .multiplyWrapping: .multiplyWrapping
        case .and: .andInt
        case .or: .orInt
        case .xor: .xorInt
        case .shiftLeft: .shiftLeft
        case .shiftRight: .shiftRight
        case .equal: .equalInt
        case .notEqual: .notEqualInt
        case .less, .greater: .lessInt
        case .lessOrEqual, .greaterOrEqual: .lessOrEqualInt
        }
    }

    private func doubleOpcode(_ operation: BinaryOperator) -> Opcode {
        switch operation {
        case .add: .addDouble
        case .subtract: .subtractDouble
        case .multiply: .multiplyDouble
        case .divide: .divideDouble
        case .remainder: .remainderDouble
        case .power: .powerDouble
        case .equal: .equalDouble
        case .notEqual: .notEqualDouble
        case .less, .greater: .lessDouble
        default: .lessOrEqualDouble
        }
    }

    /// Jumps taken when a condition has the given value; code falls through otherwise.
    func branch(_ e: Expr, whenTrue: Bool) throws(ScriptError) -> [Int] {
        guard stack.hasRoom else { throw tooDeep(e.span) }
        let saved = (nextRaw, nextValue, span)
        span = e.span
        defer { (nextRaw, nextValue, span) = saved }
        switch e.kind {
        case .not(let inner): return try branch(inner, whenTrue: !whenTrue)
        case .and(let a, let b):
            if !whenTrue {
                return try branch(a, whenTrue: false) + branch(b, whenTrue: false)
            }
            let skip = try branch(a, whenTrue: false)
            let taken = try branch(b, whenTrue: true)
            land(skip)
            return taken
        case .or(let a, let b):
            if whenTrue { return try branch(a, whenTrue: true) + branch(b, whenTrue: true) }
            let skip = try branch(a, whenTrue: true)
            let taken = try branch(b, whenTrue: false)
            land(skip)
            return taken
        case .binary(let operation, let a, let b) where a.type == .int && operation.isComparison:
            let left = try raw(a)
            let wanted = whenTrue ? operation : negated(operation)
            if let immediate = small(b) {
                return [emit(immediateJump(wanted), left, immediate)]
            }
            return [emit(jump(wanted), left, try raw(b))]
        case .binary(let operation, let a, let b)
        where operation.isEquality && a.type == b.type
            && (a.type == .string || a.type == .character):
            let left = try operand(reading: a, before: [b])
            let right = try operand(reading: b)
            if left < 0 || isVariable(a), right < 0 || isVariable(b) {
                let isSame = (operation == .equal) == whenTrue
                return [emit(.jumpText, left, right, x: isSame ? 0 : 1)]
            }
            let answer = newRaw()
            emit(.equalString, answer, left, right, x: operation == .notEqual ? 1 : 0)
            release(left, a)
            release(right, b)
            return [emit(whenTrue ? .jumpIf : .jumpIfNot, answer)]
        default:
            return [emit(whenTrue ? .jumpIf : .jumpIfNot, try raw(e))]
        }
    }

    private func negated(_ operation: BinaryOperator) -> BinaryOperator {
        switch operation {
        case .equal: .notEqual
        case .notEqual: .equal
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .greater: .lessOrEqual
        default: .less
        }
    }

    private func jump(_ operation: BinaryOperator) -> Opcode {
        switch operation {
        case .equal: .jumpEqual
        case .notEqual: .jumpNotEqual
        case .less: .jumpLess
        case .lessOrEqual: .jumpLessOrEqual
        case .greater: .jumpGreater
        default: .jumpGreaterOrEqual
        }
    }

    private func immediateJump(_ operation: BinaryOperator) -> Opcode {
        switch operation {
        case .equal: .jumpEqualImmediate
        case .notEqual: .jumpNotEqualImmediate
        case .less: .jumpLessImmediate
        case .lessOrEqual: .jumpLessOrEqualImmediate
        case .greater: .jumpGreaterImmediate
        default: .jumpGreaterOrEqualImmediate
        }
    }
}

extension Binding {
    /// Whether this is the `count` of a built-in collection.
    var isCountRow: Bool {
        switch owner {
        case "Array"?, "Dictionary"?, "Set"?, "String"?: true
        default: false
        }
    }
}
