extension Interpreter {
    /// Lets later cells call the value that a cell showed by a name, such as `_3`, which no list of
    /// variables has. A result that holds on to more memory than `limit` is not kept.
    ///
    ///     let result = try interpreter.run("6 * 7", cell: .cell(1), host: host)
    ///     interpreter.keep(result, as: ["_", "_1"], limit: 1 << 20)
    ///     try interpreter.run("_ + _1", cell: .cell(2), host: host)  // 84
    ///
    /// - Returns: the memory that the kept value holds on to; `nil` where nothing is kept.
    public func keep(_ result: CellResult, as names: [String], limit: Int) -> Int? {
        for name in names { forgetResult(name) }
        guard let shown = result.value,
            let kept = KeptValue(shown, limit: limit, keep: library.keep)
        else { return nil }
        // A name that a cell has declared is the person's own.
        for name in names where !order.contains(name) {
            let global = Global(name, result.type, isConstant: true)
            global.boxed.pointee = kept.value
            if let kind = RawKind(result.type) {
                guard let raw = try? Machine.unbox(kept.value, kind) else { return nil }
                global.raw.pointee = raw
            }
            global.isInitialized = true
            let symbol = Symbol.global(global)
            symbols[name] = symbol
            let entry = entry(name, symbol)
            resultEntries[name] = entry
            published.withLock { $0.entries[name] = entry }
        }
        return kept.bytes
    }

    /// Takes a result's name back, unless a cell has declared it for something else.
    public func forgetResult(_ name: String) {
        guard resultEntries.removeValue(forKey: name) != nil, !order.contains(name) else { return }
        symbols[name] = nil
        published.withLock { $0.entries[name] = nil }
    }

    /// A property of a value by its name; `nil` where the value has none of that name. Runs on the
    /// thread that runs cells, within one.
    public func property(_ name: String, of value: Value) -> Value? {
        // A value without the property is no error here.
        try? machine.member(name, of: value)
    }
}

extension Checker {
    /// What there is to say where `_` or `_3` names no result; `nil` for every other name.
    static func missingResult(_ name: String) -> String? {
        if name == "_" {
            return "'_' stands for the result shown last, and there is none that was kept"
        }
        guard name.hasPrefix("_"), name.count > 1, name.dropFirst().allSatisfy(\.isNumber) else {
            return nil
        }
        return
            "'\(name)' stands for the result of In [\(name.dropFirst())], which showed none or is"
            + " no longer kept"
    }
}
