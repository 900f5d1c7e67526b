/// How code outside of the loop begins to run a function.
extension Machine {
    /// Runs a prototype in a prepared window and returns its boxed result.
    func enter(
        _ prototype: Prototype, window: UnsafeMutablePointer<Value>,
        rawWindow: UnsafeMutablePointer<Int>
    ) throws -> Value {
        try prepare(prototype, values: window, raws: rawWindow)
        return try enter(prototype.block, window, rawWindow)
    }

    /// Runs a function for a row, its arguments put where it expects them. This is what closures
    /// of `map` and its like cost, so nothing here allocates.
    func run(
        _ function: ScriptFunction, _ code: UnsafeMutablePointer<CodeBlock>,
        _ fill: (UnsafeMutablePointer<Value>) -> Void
    ) throws -> Value {
        guard stack.hasRoom else {
            throw RuntimeFault(.recursion, "recursion deeper than \(depth) calls")
        }
        try host.cancellation.check()
        let (window, rawWindow) = freeWindow()
        if depth >= Machine.maximumDepth
            || window + code.pointee.valueCount >= values + valuesReady
            || rawWindow + code.pointee.rawCount >= rawsEnd
        {
            try prepare(
                code.pointee.prototype.takeUnretainedValue(), values: window, raws: rawWindow)
        }
        fill(window)
        try layOut(function.captures, code, window, rawWindow)
        return try enter(code, window, rawWindow)
    }

    /// Puts captured variables after the arguments, and arguments where the code expects them.
    @inline(__always)
    func layOut(
        _ captures: [Value], _ code: UnsafeMutablePointer<CodeBlock>,
        _ window: UnsafeMutablePointer<Value>, _ rawWindow: UnsafeMutablePointer<Int>
    ) throws {
        let count = code.pointee.parameterCount
        captures.withUnsafeBufferPointer {
            for index in 0..<$0.count { window[count + index] = $0[index] }
        }
        guard code.pointee.hasRawParameters else { return }
        for index in 0..<count {
            let kind = code.pointee.parameterKinds[index]
            if kind == CodeBlock.boxedParameter { continue }
            if kind == RawKind.int.rawValue, case .int(let number) = window[index] {
                rawWindow[index] = number
            } else {
                rawWindow[index] = try Machine.unbox(
                    window[index], RawKind(rawValue: kind) ?? .int)
            }
            window[index] = .void
        }
    }

    private func enter(
        _ code: UnsafeMutablePointer<CodeBlock>, _ window: UnsafeMutablePointer<Value>,
        _ rawWindow: UnsafeMutablePointer<Int>
    ) throws -> Value {
        let base = depth
        let outerBase = entryBase
        entryBase = base
        defer { entryBase = outerBase }
        frames[base] = FrameRecord(
            block: code, values: window, pc: code.pointee.code, raws: rawWindow, wantsBoxed: true)
        depth = base + 1
        while true {
            do {
                try execute(downTo: base)
                break
            } catch {
                try unwind(error, base: base)
            }
        }
        let result = window + code.pointee.resultSlot
        let value = result.move()
        result.initialize(to: .void)
        return value
    }
}
