extension Emitter {
    /// A call of any kind, its boxed result in a register.
    func call(_ e: Expr, into target: Int32) throws(ScriptError) {
        switch e.kind {
        case .call(let declaration, let arguments):
            try scriptCall(declaration, arguments.map { .value($0) }, e.type, into: target)
        case .callInOut(let declaration, let arguments):
            try scriptCall(declaration, arguments, e.type, into: target)
        case .callValue(let callee, let arguments):
            let function = try operand(callee)
            let window = newValues(max(1, arguments.count))
            for (index, argument) in arguments.enumerated() {
                try value(argument, into: window + Int32(index))
            }
            emit(.callValue, function, window, Int32(arguments.count))
            emit(.take, target, window)
            release(function, callee)
        case .callValueInOut(let callee, let arguments):
            let first = newValue()
            try value(callee, into: first)
            var paths: [(path: Int, index: Int)] = []
            let window = newValues(arguments.count + 1)
            for (index, argument) in arguments.enumerated() {
                switch argument {
                case .value(let expression):
                    try value(expression, into: window + Int32(index + 1))
                case .place(let place):
                    paths.append((try Int(self.path(to: place)), index))
                }
            }
            emit(.take, window, first)
            var site = CallSite(
                call: DynamicCall(name: "", labels: [], hasTrailingClosure: false), isMember: false)
            site.changed = paths
            prototype.sites.append(site)
            emit(
                .callValueInOut, Int32(prototype.sites.count - 1), window,
                Int32(arguments.count + 1))
            if target != window { emit(.take, target, window) }
        case .callNative(let row, let arguments):
            if try transform(row, arguments, into: target) { return }
            let window = try self.arguments(arguments)
            emit(.callNative, native(row), window, Int32(arguments.count))
            if target != window { emit(.take, target, window) }
        case .callMutating(let row, let place, let arguments):
            if row.name == "append", row.owner == "Array", arguments.count == 1,
                row.parameters.first?.label == nil, let way = try way(to: place, before: arguments)
            {
                let item = newValue()
                try value(arguments[0], into: item)
                emit(.appendPlace, reach(way, changing: true), item)
                return
            }
            if row.name == "append", row.owner == "Array", arguments.count == 1,
                row.parameters.first?.label == nil, try appendToEntry(place, arguments[0])
            {
                return
            }
            if row.owner == "Array", try arrayChange(row.name, place, arguments, into: target) {
                return
            }
            if let way = try way(to: place, before: arguments) {
                // The value leaves its place while the row changes it.
                let base = newValues(arguments.count + 1)
                for (index, argument) in arguments.enumerated() {
                    try value(argument, into: base + 1 + Int32(index))
                }
                emit(.take, base, reach(way, changing: true))
                emit(.callHeld, native(row), base, Int32(arguments.count))
                emit(.put, reach(way, changing: true), base)
                emit(.take, target, base + 1)
                return
            }
            let window = try self.arguments(arguments)
            let path = try Int(self.path(to: place))
            prototype.natives.append(row)
            prototype.sites.append(
                CallSite(
                    call: DynamicCall(name: row.name, labels: [], hasTrailingClosure: false),
                    isMember: true, path: path, native: prototype.natives.count - 1))
            emit(.callMutating, Int32(prototype.sites.count - 1), window, Int32(arguments.count))
            if target != window { emit(.take, target, window) }
        case .callDynamic(let call, let receiver, let arguments):
            let all = (receiver.map { [$0] } ?? []) + arguments
            let window = try self.arguments(all)
            prototype.sites.append(CallSite(call: call, isMember: receiver != nil))
            emit(.callDynamic, Int32(prototype.sites.count - 1), window, Int32(all.count))
            if target != window { emit(.take, target, window) }
        case .callDynamicMutating(let call, let place, let arguments):
            let window = try self.arguments(arguments)
            let path = try Int(self.path(to: place))
            prototype.sites.append(CallSite(call: call, isMember: true, path: path))
            emit(
                .callDynamicMutating, Int32(prototype.sites.count - 1), window,
                Int32(arguments.count))
            if target != window { emit(.take, target, window) }
        default: break
        }
    }

    /// Changes of arrays that have instructions of their own. Returns whether this is one.
    private func arrayChange(
        _ name: String, _ place: Place, _ arguments: [Expr], into target: Int32
    ) throws(ScriptError) -> Bool {
        switch (name, arguments.count) {
        case ("removeLast", 0):
            guard let way = try way(to: place, before: []) else { return false }
            emit(.removeLast, target, reach(way, changing: true))
        case ("swapAt", 2):
            let numbers = arguments.map { e in
                if case .box(let inner) = e.kind { inner } else { e }
            }
            guard numbers.allSatisfy({ $0.type == .int }),
                let way = try way(to: place, before: numbers)
            else { return false }
            let first = newRaw()
            let second = newRaw()
            try raw(numbers[0], into: first)
            try raw(numbers[1], into: second)
            emit(.swapElements, reach(way, changing: true), first, second)
        default: return false
        }
        return true
    }

    private func arguments(_ list: [Expr]) throws(ScriptError) -> Int32 {
        let window = newValues(max(1, list.count))
        for (index, argument) in list.enumerated() {
            try value(argument, into: window + Int32(index))
        }
        return window
    }

    /// A call of a row on numbers, in registers. Returns whether the row and its arguments allow it.
    func unboxedCall(_ row: Binding, _ values: [Expr], into target: Int32) throws(ScriptError)
        -> Bool
    {
        guard let body = row.rawBody else { return false }
        var wanted = row.parameters.map(\.type)
        if wanted.count < values.count { wanted.insert(row.owner == "Int" ? .int : .double, at: 0) }
        guard wanted.count == values.count else { return false }
        var numbers: [Expr] = []
        for (value, type) in zip(values, wanted) {
            var number = value
            if case .box(let inner) = value.kind { number = inner }
            if number.type == .int, type == .double {
                number = Expr(.intToDouble(number), .double, number.span)
            }
            guard number.type == type else { return false }
            numbers.append(number)
        }
        let first = newRaw()
        for _ in numbers.dropFirst() { _ = newRaw() }
        for (index, number) in numbers.enumerated() {
            try raw(number, into: first + Int32(index))
        }
        prototype.rawFunctions.append(body)
        emit(.callRaw, target, Int32(prototype.rawFunctions.count - 1), first)
        return true
    }

    private func scriptCall(
        _ declaration: FunctionDeclaration, _ arguments: [CallArgument], _ type: ScriptType,
        into target: Int32
    ) throws(ScriptError) {
        if let variable = declaration.variable, !declaration.context.captures.isEmpty {
            try localCall(declaration, variable, arguments, into: target)
            return
        }
        let window = try staticCall(declaration, arguments)
        if RawKind(declaration.result) != nil {
            emit(boxing(declaration.result), target, window.raw)
        } else {
            let slot = window.value + Int32(declaration.resultSlot)
            if slot != target { emit(.take, target, slot) }
        }
    }

    /// A call whose callee is known. Returns where its window begins.
    func staticCall(_ declaration: FunctionDeclaration, _ arguments: [CallArgument])
        throws(ScriptError) -> (value: Int32, raw: Int32)
    {
        var arguments = arguments
        let lent = try lentPlaces(&arguments)
        let parameters = declaration.context.parameters
        let count = parameters.count
        let slots = count + (declaration.hasInOut ? 1 : 0)
        let needsValues =
            RawKind(declaration.result) == nil
            || parameters.contains { $0.isInOut || RawKind($0.type) == nil }
        let window = newValues(needsValues ? max(1, slots) : 0)
        let rawWindow = nextRaw
        nextRaw += Int32(max(1, count))
        prototype.rawCount = max(prototype.rawCount, Int(nextRaw))
        for (index, argument) in arguments.enumerated() where index < count {
            let parameter = parameters[index]
            guard case .value(let expression) = argument else { continue }
            if !parameter.isInOut, RawKind(parameter.type) != nil {
                try raw(expression, into: rawWindow + Int32(index))
            } else {
                try value(expression, into: window + Int32(index))
            }
        }
        // Places are taken last, so that the arguments before them still see their values.
        lend(lent, to: window)
        emit(.call, callee(declaration.context.prototype), window, rawWindow)
        putBack(lent, from: window)
        if declaration.hasInOut {
            for (index, parameter) in parameters.enumerated()
            where !parameter.isInOut && RawKind(parameter.type) == nil {
                emit(.clear, window + Int32(index))
            }
        }
        return (window, rawWindow)
    }

    // MARK: Places lent to a call

    /// A place whose value is in a register of the call's window while the call changes it.
    private struct LentPlace {
        enum Route {
            case way(Way)
            case path(Int32)
        }
        let argument: Int
        let route: Route
    }

    /// The ways to the places among the arguments. They are found before the call's window is laid
    /// out, as the callee's registers are there; values before them whose evaluation has effects are
    /// evaluated first, as they stand first.
    private func lentPlaces(_ arguments: inout [CallArgument]) throws(ScriptError) -> [LentPlace] {
        var result: [LentPlace] = []
        guard
            let last = arguments.lastIndex(where: { if case .place = $0 { true } else { false } })
        else { return [] }
        for (index, argument) in arguments.enumerated() where index <= last {
            switch argument {
            case .value(let e): if !isPure(e) { arguments[index] = .value(try held(e)) }
            case .place(let place):
                if let way = try way(to: place, place.steps[...], held: true) {
                    result.append(LentPlace(argument: index, route: .way(way)))
                } else {
                    let path = try self.path(to: place)
                    result.append(LentPlace(argument: index, route: .path(path)))
                }
            }
        }
        return result
    }

    /// Moves the values of places to a call's window, after its other arguments are there.
    private func lend(_ places: [LentPlace], to window: Int32) {
        for place in places {
            let register = window + Int32(place.argument)
            switch place.route {
            case .way(let way): emit(.take, register, reach(way, changing: true))
            case .path(let path): emit(.takePath, register, path)
            }
        }
    }

    /// Stands right after the call, as the machine goes on from there where the call fails.
    private func putBack(_ places: [LentPlace], from window: Int32) {
        for place in places {
            let register = window + Int32(place.argument)
            switch place.route {
            case .way(let way): emit(.put, reach(way, changing: true), register)
            case .path(let path): emit(.writeBack, path, register)
            }
        }
    }

    /// A call of a local function that captures: through its closure.
    private func localCall(
        _ declaration: FunctionDeclaration, _ variable: Variable, _ arguments: [CallArgument],
        into target: Int32
    ) throws(ScriptError) {
        var arguments = arguments
        let lent = try lentPlaces(&arguments)
        let function: Int32
        if variable.isShared {
            function = newValue()
            emit(.loadCell, function, register(of: variable))
        } else {
            function = register(of: variable)
        }
        let slots = arguments.count + declaration.context.captures.count + 1
        let window = newValues(slots)
        for (index, argument) in arguments.enumerated() {
            if case .value(let e) = argument { try value(e, into: window + Int32(index)) }
        }
        lend(lent, to: window)
        emit(.callValue, function, window, Int32(arguments.count))
        putBack(lent, from: window)
        emit(.take, target, window + Int32(declaration.resultSlot))
        if declaration.hasInOut {
            for index in arguments.indices { emit(.clear, window + Int32(index)) }
        }
    }
}
