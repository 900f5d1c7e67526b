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
        // The callee's registers begin with the window: the indices of places, which are needed
        // after the call, lie before it, and so do the values of arguments around them.
        let held = try heldArguments(arguments, parameters)
        let count = parameters.count
        let slots = count + (declaration.hasInOut ? 1 : 0)
        let needsValues =
            RawKind(declaration.result) == nil
            || parameters.contains { $0.isInOut || RawKind($0.type) == nil }
        let window = newValues(needsValues ? max(1, slots) : 0)
        let rawWindow = nextRaw
        nextRaw += Int32(max(1, count))
        prototype.rawCount = max(prototype.rawCount, Int(nextRaw))
        for (index, argument) in held.arguments.enumerated() where index < count {
            guard case .value(let expression) = argument else { continue }
            let parameter = parameters[index]
            if !parameter.isInOut, RawKind(parameter.type) != nil {
                try raw(expression, into: rawWindow + Int32(index))
            } else {
                try value(expression, into: window + Int32(index))
            }
        }
        // Places are taken last, so that the arguments before them still see their values.
        for (path, index) in held.paths { emit(.takePath, window + Int32(index), path) }
        emit(.call, callee(declaration.context.prototype), window, rawWindow)
        for (path, index) in held.paths { emit(.writeBack, path, window + Int32(index)) }
        if declaration.hasInOut {
            for (index, parameter) in parameters.enumerated()
            where !parameter.isInOut && RawKind(parameter.type) == nil {
                emit(.clear, window + Int32(index))
            }
        }
        return (window, rawWindow)
    }

    /// The ways to the places among arguments, whose indices are computed now, and the arguments
    /// before the last of them, computed in their order.
    private func heldArguments(_ arguments: [CallArgument], _ parameters: [Variable])
        throws(ScriptError) -> (arguments: [CallArgument], paths: [(path: Int32, index: Int)])
    {
        let last = arguments.lastIndex {
            if case .place(let place) = $0 { place.computesIndices } else { false }
        }
        var result = arguments
        var paths: [(path: Int32, index: Int)] = []
        for (index, argument) in arguments.enumerated() where index < parameters.count {
            switch argument {
            case .place(let place): paths.append((try path(to: place), index))
            case .value(let expression):
                guard let last, index < last else { continue }
                result[index] = .value(try self.held(expression))
            }
        }
        return (result, paths)
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
        let held = try heldArguments(arguments, declaration.context.parameters)
        let slots = arguments.count + declaration.context.captures.count + 1
        let window = newValues(slots)
        for (index, argument) in held.arguments.enumerated() {
            guard case .value(let expression) = argument else { continue }
            try value(expression, into: window + Int32(index))
        }
        for (path, index) in held.paths { emit(.takePath, window + Int32(index), path) }
        emit(.callValue, function, window, Int32(arguments.count))
        for (path, index) in held.paths { emit(.writeBack, path, window + Int32(index)) }
        emit(.take, target, window + Int32(declaration.resultSlot))
        if declaration.hasInOut {
            for index in arguments.indices { emit(.clear, window + Int32(index)) }
        }
    }
}
