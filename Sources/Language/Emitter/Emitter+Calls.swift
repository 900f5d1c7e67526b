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
        case .callNative(let row, let arguments):
            let window = try self.arguments(arguments)
            emit(.callNative, native(row), window, Int32(arguments.count))
            if target != window { emit(.take, target, window) }
        case .callMutating(let row, let place, let arguments):
            if row.name == "append", row.owner == "Array", arguments.count == 1,
                row.parameters.first?.label == nil, let root = try simpleRoot(place)
            {
                let item = newValue()
                try value(arguments[0], into: item)
                emit(.appendPlace, root, item)
                emit(.clear, target)
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

    private func arguments(_ list: [Expr]) throws(ScriptError) -> Int32 {
        let window = newValues(max(1, list.count))
        for (index, argument) in list.enumerated() {
            try value(argument, into: window + Int32(index))
        }
        return window
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
        var writeBacks: [(Place, Int32, [Path.Step]?)] = []
        for (index, argument) in arguments.enumerated() where index < count {
            let parameter = parameters[index]
            switch argument {
            case .value(let expression):
                if !parameter.isInOut, RawKind(parameter.type) != nil {
                    try raw(expression, into: rawWindow + Int32(index))
                } else {
                    try value(expression, into: window + Int32(index))
                }
            case .place(let place):
                writeBacks.append((place, Int32(index), nil))
            }
        }
        // Places are taken last, so that the arguments before them still see their values.
        var paths: [(Int32, Int32)] = []
        for (place, index, _) in writeBacks {
            let path = try self.path(to: place)
            emit(.takePath, window + index, path)
            paths.append((path, window + index))
        }
        emit(.call, callee(declaration.context.prototype), window, rawWindow)
        for (path, register) in paths { emit(.writeBack, path, register) }
        if declaration.hasInOut {
            for (index, parameter) in parameters.enumerated()
            where !parameter.isInOut && RawKind(parameter.type) == nil {
                emit(.clear, window + Int32(index))
            }
        }
        return (window, rawWindow)
    }

    /// A call of a local function that captures: through its closure.
    private func localCall(
        _ declaration: FunctionDeclaration, _ variable: Variable, _ arguments: [CallArgument],
        into target: Int32
    ) throws(ScriptError) {
        let function: Int32
        if variable.isShared {
            function = newValue()
            emit(.loadCell, function, register(of: variable))
        } else {
            function = register(of: variable)
        }
        let slots = arguments.count + declaration.context.captures.count + 1
        let window = newValues(slots)
        var paths: [(Int32, Int32)] = []
        for (index, argument) in arguments.enumerated() {
            switch argument {
            case .value(let expression): try value(expression, into: window + Int32(index))
            case .place(let place):
                let path = try self.path(to: place)
                emit(.takePath, window + Int32(index), path)
                paths.append((path, window + Int32(index)))
            }
        }
        emit(.callValue, function, window, Int32(arguments.count))
        for (path, register) in paths { emit(.writeBack, path, register) }
        emit(.take, target, window + Int32(declaration.resultSlot))
        if declaration.hasInOut {
            for index in arguments.indices { emit(.clear, window + Int32(index)) }
        }
    }
}
