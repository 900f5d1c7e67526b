extension Machine {
    /// Runs a row and stamps the text hooks of what it returns.
    func call(_ binding: Binding, _ arguments: [Value]) throws -> Value {
        switch binding.implementation {
        case .call(let body):
            let value = try body(arguments)
            interpreter.adopt(value)
            return value
        case .mutating(let body):
            var base = arguments[0]
            return try body(&base, Array(arguments.dropFirst()))
        }
    }

    func callSlow(_ i: Instruction, _ frame: UnsafeMutablePointer<FrameRecord>) throws {
        let values = frame.pointee.values
        let prototype = frame.pointee.block.pointee.prototype.takeUnretainedValue()
        let first = Int(i.b)
        let result: Value
        switch i.opcode {
        case .callNative:
            guard case .call(let body) = frame.pointee.block.pointee.natives[Int(i.a)] else {
                return
            }
            result = try body(takeValues(values, first, Int(i.c)))
            interpreter.adopt(result)
        case .callHeld:
            let arguments = takeValues(values, first + 1, Int(i.c))
            guard case .mutating(let body) = frame.pointee.block.pointee.natives[Int(i.a)] else {
                return
            }
            values[first + 1] = try body(&values[first], arguments)
            try settle()
            return
        case .callValueInOut:
            let site = prototype.sites[Int(i.a)]
            result = try callInOut(site, takeValues(values, first, Int(i.c)), prototype, frame)
        case .callMutating:
            let site = prototype.sites[Int(i.a)]
            let arguments = takeValues(values, first, Int(i.c))
            var answer = Value.void
            try modify(prototype.paths[site.path], frame) { target in
                if case .mutating(let body) = frame.pointee.block.pointee.natives[site.native] {
                    answer = try body(&target.pointee, arguments)
                }
            }
            result = answer
        case .callDynamicMutating:
            let site = prototype.sites[Int(i.a)]
            let arguments = takeValues(values, first, Int(i.c))
            var answer = Value.void
            try modify(prototype.paths[site.path], frame) { target in
                answer = try interpreter.callMember(site.call, on: target, arguments)
            }
            result = answer
        default:
            let site = prototype.sites[Int(i.a)]
            var arguments = takeValues(values, first, Int(i.c))
            if site.isMember {
                var base = arguments.removeFirst()
                result = try interpreter.callMember(site.call, on: &base, arguments)
            } else {
                result = try interpreter.callFree(site.call, arguments)
            }
        }
        values[first] = result
        try settle()
    }

    /// Calls a function value, the first of `values`, with places among its arguments.
    private func callInOut(
        _ site: CallSite, _ values: [Value], _ caller: Prototype,
        _ frame: UnsafeMutablePointer<FrameRecord>
    ) throws -> Value {
        guard case .function(let function) = values[0],
            case .compiled(let prototype, let captures) = function.body,
            prototype.parameterKinds.count == values.count - 1
        else {
            throw RuntimeFault(
                .argument, "\(values[0].shortText) cannot be called with these arguments")
        }
        var arguments = Array(values.dropFirst())
        for (path, index) in site.changed {
            try modify(caller.paths[path], frame, isRead: true) {
                swap(&arguments[index], &$0.pointee)
            }
        }
        defer {
            for (path, index) in site.changed {
                // A place that cannot be reached again stays as it is.
                try? writePath(caller.paths[path], frame, moving: &arguments[index])
            }
        }
        return try reenter(
            prototype, captures: captures, changing: &arguments, at: site.changed.map(\.index))
    }

    /// Calls a value. Returns whether a frame was pushed; otherwise the result is in its place.
    func callValue(
        _ i: Instruction, _ values: UnsafeMutablePointer<Value>, _ raws: UnsafeMutablePointer<Int>,
        _ table: UnsafeMutablePointer<UnsafeMutablePointer<Value>>
    ) throws -> Bool {
        let callee = i.a >= 0 ? values[Int(i.a)] : table[Int(~i.a)].pointee
        let count = Int(i.c)
        let window = values + Int(i.b)
        guard case .function(let function) = callee else {
            let arguments = takeValues(values, Int(i.b), count)
            var base = callee
            window[0] = try interpreter.callMember(
                DynamicCall(
                    name: "callAsFunction", labels: Array(repeating: nil, count: count),
                    hasTrailingClosure: false), on: &base, arguments)
            return false
        }
        switch function.body {
        case .native(let body):
            window[0] = try body(takeValues(values, Int(i.b), count))
            return false
        case .compiled(let prototype, _):
            let code = prototype.block
            guard code.pointee.parameterCount == count else {
                throw RuntimeFault(
                    .argument,
                    "\(function.name): expected \(code.pointee.parameterCount) arguments, got \(count)"
                )
            }
            let caller = frames + (depth - 1)
            let rawWindow = raws + caller.pointee.block.pointee.rawCount
            if depth >= Machine.maximumDepth
                || window + code.pointee.valueCount >= self.values + valuesReady
                || rawWindow + code.pointee.rawCount >= rawsEnd
            {
                try prepare(prototype, values: window, raws: rawWindow)
            }
            try layOut(function.captures, code, window, rawWindow)
            let frame = caller + 1
            frame.pointee.block = code
            frame.pointee.values = window
            frame.pointee.pc = code.pointee.code
            frame.pointee.raws = rawWindow
            frame.pointee.wantsBoxed = true
            depth += 1
            return true
        }
    }
}
