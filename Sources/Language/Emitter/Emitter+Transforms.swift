/// `map`, `filter`, `reduce` and their like with a closure written on the spot: a counted loop that
/// calls the closure's code as it calls any function, without a closure value in between.
extension Emitter {
    private enum Transform {
        case map, compactMap, filter, forEach, reduce, contains, allSatisfy

        init?(_ row: Binding) {
            guard row.owner == "Array" || row.owner == "Range" else { return nil }
            switch (row.name, row.parameters.map(\.label)) {
            case ("map", _): self = .map
            case ("compactMap", _): self = .compactMap
            case ("filter", _): self = .filter
            case ("forEach", _): self = .forEach
            case ("reduce", [nil, nil]): self = .reduce
            case ("contains", ["where"]): self = .contains
            case ("allSatisfy", _): self = .allSatisfy
            default: return nil
            }
        }
    }

    /// What the loop goes through.
    private enum Source {
        case numbers(Expr, Expr, isClosed: Bool)
        case array(Expr, ScriptType)

        var element: ScriptType {
            switch self {
            case .numbers: .int
            case .array(_, let element): element
            }
        }
    }

    /// The registers of a loop under way.
    private struct Turn {
        let counter: Int32
        /// The array gone through; none for a range.
        let array: Int32?
        /// Where the closure's code expects its parameters, and where it puts its result.
        let window: Int32
        let rawWindow: Int32
    }

    /// Returns whether the call was one that this compiles.
    func transform(_ row: Binding, _ arguments: [Expr], into target: Int32) throws(ScriptError)
        -> Bool
    {
        if try fold(row, arguments, into: target) { return true }
        guard let transform = Transform(row), case .closure(let closure)? = arguments.last?.kind,
            let source = source(arguments[0])
        else { return false }
        let parameters = closure.parameters
        guard !parameters.contains(where: \.isInOut), let item = parameters.last,
            !item.type.isRaw || item.type == source.element
        else { return false }
        switch transform {
        case .filter, .contains, .allSatisfy:
            guard parameters.count == 1, closure.result == .bool else { return false }
        case .reduce:
            guard parameters.count == 2, arguments.count == 3,
                !parameters[0].type.isRaw || unboxed(arguments[1]).type == parameters[0].type,
                parameters[0].type == closure.result
            else { return false }
        default: guard parameters.count == 1 else { return false }
        }
        let saved = (nextRaw, nextValue)
        defer { (nextRaw, nextValue) = saved }
        try loop(transform, source, closure, arguments, into: target)
        return true
    }

    /// `reduce(0, +)` over numbers: the operator's own instruction in a counted loop.
    private func fold(_ row: Binding, _ arguments: [Expr], into target: Int32) throws(ScriptError)
        -> Bool
    {
        guard Transform(row) == .reduce, arguments.count == 3,
            case .constant(.function(let function)) = arguments[2].kind,
            let operation = function.operation, operation.isArithmetic,
            let source = source(arguments[0]), source.element == .int || source.element == .double
        else { return false }
        let initial = unboxed(arguments[1])
        let type = source.element
        guard initial.type == type else { return false }
        let saved = (nextRaw, nextValue)
        defer { (nextRaw, nextValue) = saved }
        func variable(_ name: String) -> Variable {
            let made = Variable(name, type, isConstant: false, in: context, span: initial.span)
            made.register = newRaw()
            return made
        }
        let total = variable("total")
        let item = variable("item")
        let (counter, end, array) = try begin(source, isCollected: false)
        try raw(initial, into: total.register)
        let skip = emit(.jumpGreaterOrEqual, counter, end)
        let start = position
        if let array {
            emit(type == .int ? .elementInt : .elementDouble, item.register, array, counter)
        } else {
            emit(.moveRaw, item.register, counter)
        }
        let (a, b) = (Expr(.local(total), type, span), Expr(.local(item), type, span))
        try raw(Expr(.binary(operation, a, b), type, span), into: total.register)
        emit(.rangeNext, counter, end, Int32(start - position - 1))
        land(skip)
        emit(boxing(type), target, total.register)
        if let array { emit(.clear, array) }
        return true
    }

    /// The registers of a counter and its end, and of the array gone through, if it is one.
    private func begin(_ source: Source, isCollected: Bool) throws(ScriptError)
        -> (Int32, Int32, Int32?)
    {
        let counter = newRaw()
        let end = newRaw()
        switch source {
        case .numbers(let lower, let upper, let isClosed):
            try rangeBounds(lower, upper, isClosed, counter, end, isCollected: isCollected)
            return (counter, end, nil)
        case .array(let e, _):
            let array = newValue()
            try value(e, into: array)
            emit(.count, end, array)
            emit(.loadImmediate, counter, 0)
            return (counter, end, array)
        }
    }

    private func source(_ e: Expr) -> Source? {
        switch (e.kind, e.type) {
        case (.range(let lower?, let upper?, let isClosed), _)
        where lower.type == .int && upper.type == .int:
            .numbers(lower, upper, isClosed: isClosed)
        case (_, .array(let element)): .array(e, element)
        default: nil
        }
    }

    private func unboxed(_ e: Expr) -> Expr {
        if case .box(let inner) = e.kind { inner } else { e }
    }

    private func loop(
        _ transform: Transform, _ source: Source, _ closure: FunctionContext, _ arguments: [Expr],
        into target: Int32
    ) throws(ScriptError) {
        let answer = newRaw()
        let result = newValue()
        let collects = [.map, .compactMap, .filter].contains(transform)
        let (counter, end, array) = try begin(source, isCollected: collects)
        // What the closure brings along is fixed where it stands, before the first turn.
        try interpreter.compile(closure, nil, prototype.source)
        let captures = closure.captures.map { capturedRegister($0) }
        switch transform {
        case .map, .compactMap, .filter: emit(.makeArray, result, 0, 0)
        case .contains: emit(.loadImmediate, answer, 0)
        case .allSatisfy: emit(.loadImmediate, answer, 1)
        case .reduce:
            let initial = unboxed(arguments[1])
            if closure.result.isRaw {
                try raw(initial, into: answer)
            } else {
                try value(arguments[1], into: result)
            }
        case .forEach: break
        }
        // The window comes last: beyond it are the registers of the closure's code.
        let window = newValues(max(1, closure.parameters.count + captures.count))
        let rawWindow = newRaw()
        for _ in closure.parameters.dropFirst() { _ = newRaw() }
        let turn = Turn(counter: counter, array: array, window: window, rawWindow: rawWindow)

        let skip = emit(.jumpGreaterOrEqual, counter, end)
        let start = position
        if transform == .reduce {
            if closure.result.isRaw {
                emit(.moveRaw, rawWindow, answer)
            } else {
                emit(.take, window, result)
            }
        }
        pass(turn, to: closure)
        for (index, capture) in captures.enumerated() {
            emit(.move, window + Int32(closure.parameters.count + index), capture)
        }
        emit(.call, callee(closure.prototype), window, rawWindow)
        let leaving = collect(transform, turn, closure.result, answer: answer, result: result)
        emit(.rangeNext, counter, end, Int32(start - position - 1))
        land(skip)
        if let leaving { land(leaving) }
        finish(transform, closure.result, answer: answer, result: result, into: target)
        if let array { emit(.clear, array) }
    }

    /// Puts the element of this turn where the closure's last parameter is.
    private func pass(_ turn: Turn, to closure: FunctionContext) {
        let index = Int32(closure.parameters.count - 1)
        guard let type = closure.parameters.last?.type else { return }
        switch (type, turn.array) {
        case (.int, nil): emit(.moveRaw, turn.rawWindow + index, turn.counter)
        case (.int, let array?): emit(.elementInt, turn.rawWindow + index, array, turn.counter)
        case (.double, let array?):
            emit(.elementDouble, turn.rawWindow + index, array, turn.counter)
        case (.bool, let array?): emit(.elementBool, turn.rawWindow + index, array, turn.counter)
        default: element(turn, into: turn.window + index)
        }
    }

    private func element(_ turn: Turn, into register: Int32) {
        if let array = turn.array {
            emit(.element, register, array, turn.counter)
        } else {
            emit(.boxInt, register, turn.counter)
        }
    }

    /// Takes in what the closure gave. Returns the jump out of the loop, where there is one.
    private func collect(
        _ transform: Transform, _ turn: Turn, _ type: ScriptType, answer: Int32, result: Int32
    ) -> Int? {
        switch transform {
        case .map:
            if type.isRaw { emit(boxing(type), turn.window, turn.rawWindow) }
            emit(.appendPlace, result, turn.window)
        case .compactMap:
            if type.isRaw {
                emit(boxing(type), turn.window, turn.rawWindow)
                emit(.appendPlace, result, turn.window)
            } else {
                let isNothing = emit(.unwrapOrJump, turn.window, turn.window)
                emit(.appendPlace, result, turn.window)
                land(isNothing)
            }
        case .filter:
            let isOut = emit(.jumpIfNot, turn.rawWindow)
            element(turn, into: turn.window)
            emit(.appendPlace, result, turn.window)
            land(isOut)
        case .forEach:
            if !type.isRaw { emit(.clear, turn.window) }
        case .reduce:
            if type.isRaw {
                emit(.moveRaw, answer, turn.rawWindow)
            } else {
                emit(.take, result, turn.window)
            }
        case .contains, .allSatisfy:
            let goesOn = emit(
                transform == .contains ? .jumpIfNot : .jumpIf, turn.rawWindow)
            emit(.loadImmediate, answer, transform == .contains ? 1 : 0)
            let leaving = emit(.jump)
            land(goesOn)
            return leaving
        }
        return nil
    }

    private func finish(
        _ transform: Transform, _ type: ScriptType, answer: Int32, result: Int32,
        into target: Int32
    ) {
        switch transform {
        case .map, .compactMap, .filter: emit(.take, target, result)
        case .forEach: emit(.clear, target)
        case .contains, .allSatisfy: emit(.boxBool, target, answer)
        case .reduce:
            if type.isRaw {
                emit(boxing(type), target, answer)
            } else {
                emit(.take, target, result)
            }
        }
    }
}
