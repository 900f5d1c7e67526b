/// `for`-`in`. Ranges, strides and arrays, alone, numbered or in pairs, are counted through in
/// registers; anything else goes through an iterator.
extension Emitter {
    struct LoopBody {
        let pattern: Pattern
        let filter: Expr?
        let statements: [Stmt]
        let label: LoopLabel

        init(_ pattern: Pattern, _ filter: Expr?, _ statements: [Stmt], _ label: LoopLabel) {
            self.pattern = pattern
            self.filter = filter
            self.statements = statements
            self.label = label
        }
    }

    /// What a turn of a counted loop binds.
    private enum Item {
        case counter
        /// The element of the array in a register that the counter says.
        case element(Int32, ScriptType)
    }

    func forLoop(_ loop: LoopBody, _ sequence: Expr) throws(ScriptError) {
        let saved = (nextRaw, nextValue)
        defer { (nextRaw, nextValue) = saved }
        var pair: [Pattern] = []
        if case .tuple(let parts) = loop.pattern, parts.count == 2 { pair = parts }
        switch sequence.kind {
        case .range(let lower?, let upper?, let isClosed)
        where lower.type == .int && upper.type == .int:
            try rangeLoop(loop, lower, upper, isClosed)
        case .callNative(let row, let arguments) where row.isIntegerStride:
            try strideLoop(loop, arguments, isClosed: row.parameters[1].label == "through")
        case .callNative(let row, let arguments)
        where row.owner == "Array" && row.name == "indices" && arguments[0].type.isArray:
            try arrayLoop(loop, [arguments[0]], [(loop.pattern, nil)])
        case .callNative(let row, let arguments)
        where row.owner == "Array" && row.name == "enumerated" && arguments[0].type.isArray
            && !pair.isEmpty:
            try arrayLoop(loop, [arguments[0]], [(pair[0], nil), (pair[1], 0)])
        case .callNative(let row, let arguments)
        where row.owner == nil && row.name == "zip" && arguments.allSatisfy(\.type.isArray)
            && !pair.isEmpty:
            try arrayLoop(loop, arguments, [(pair[0], 0), (pair[1], 1)])
        default:
            if sequence.type.isArray {
                try arrayLoop(loop, [sequence], [(loop.pattern, 0)])
            } else {
                try iteratorLoop(loop, sequence)
            }
        }
    }

    // MARK: Iterators

    private func iteratorLoop(_ loop: LoopBody, _ sequence: Expr) throws(ScriptError) {
        let iterator = newValue()
        let address = newRaw()
        try scratch { () throws(ScriptError) in
            let source = try operand(sequence)
            emit(.makeIterator, iterator, source, address)
            release(source, sequence)
        }
        loops.append(Loop(label: loop.label, exitDepth: exits.count))
        let start = position
        let end: Int
        var mismatches: [Int] = []
        if case .tuple(let parts) = loop.pattern, parts.count == 2,
            case .dictionary(let key, let value) = sequence.type
        {
            // The pair arrives in two registers, without a tuple around it.
            let pair = newValues(2)
            end = emit(.nextPair, address, pair)
            mismatches += try bind(parts[0], pair, key)
            mismatches += try bind(parts[1], pair + 1, value)
        } else {
            let item = newValue()
            end = emit(.next, address, item)
            mismatches = try bind(loop.pattern, item, .any)
        }
        try turn(loop, mismatches)
        jumpBack(to: start)
        land(end)
        land(loops.removeLast().breaks)
        emit(.clear, iterator)
    }

    /// A variable that takes over the register of what a turn brings; other patterns are matched.
    private func bind(_ pattern: Pattern, _ item: Int32, _ type: ScriptType) throws(ScriptError)
        -> [Int]
    {
        if case .bind(.local(let variable)) = pattern, !variable.isRaw, !variable.isShared {
            variable.register = item
            return []
        }
        return try match(pattern, item, type: type)
    }

    /// The body of a loop, and where `continue` goes.
    private func turn(_ loop: LoopBody, _ mismatches: [Int]) throws(ScriptError) {
        var skips: [Int] = []
        if let filter = loop.filter { skips = try branch(filter, whenTrue: false) }
        try block(loop.statements)
        land(mismatches)
        land(skips)
        land(loops[loops.count - 1].continues)
    }

    // MARK: Counting

    private func rangeLoop(_ loop: LoopBody, _ lower: Expr, _ upper: Expr, _ isClosed: Bool)
        throws(ScriptError)
    {
        let counter = newRaw()
        let end = newRaw()
        try rangeBounds(lower, upper, isClosed, counter, end)
        try countedLoop(loop, counter, end, [(loop.pattern, .counter)])
    }

    /// Where counting through a range begins and what it stays below; an error where the range runs
    /// backwards.
    func rangeBounds(
        _ lower: Expr, _ upper: Expr, _ isClosed: Bool, _ counter: Int32, _ end: Int32,
        isCollected: Bool = false
    ) throws(ScriptError) {
        try raw(lower, into: counter)
        try raw(upper, into: end)
        if isCollected { emit(.checkCount, counter, end, x: isClosed ? 1 : 0) }
        let isAscending = emit(.jumpLessOrEqual, counter, end)
        emit(.makeRangeInt, newValue(), counter, end, x: isClosed ? 1 : 0)
        land(isAscending)
        if isClosed { emit(.addImmediate, end, end, 1) }
    }

    /// A loop over arrays side by side, which are kept meanwhile as they were at its start. A part
    /// names the array whose element it binds, or none for the number of the turn.
    private func arrayLoop(_ loop: LoopBody, _ sources: [Expr], _ parts: [(Pattern, Int?)])
        throws(ScriptError)
    {
        let counter = newRaw()
        let end = newRaw()
        let arrays = newValues(sources.count)
        for (index, source) in sources.enumerated() {
            let array = arrays + Int32(index)
            try value(source, into: array)
            if index == 0 {
                emit(.count, end, array)
                continue
            }
            let other = newRaw()
            emit(.count, other, array)
            let isShorter = emit(.jumpLessOrEqual, end, other)
            emit(.moveRaw, end, other)
            land(isShorter)
        }
        emit(.loadImmediate, counter, 0)
        var items: [(Pattern, Item)] = []
        for (pattern, index) in parts {
            guard let index, case .array(let element) = sources[index].type else {
                items.append((pattern, .counter))
                continue
            }
            items.append((pattern, .element(arrays + Int32(index), element)))
        }
        try countedLoop(loop, counter, end, items)
        for index in sources.indices { emit(.clear, arrays + Int32(index)) }
    }

    private func countedLoop(
        _ loop: LoopBody, _ counter: Int32, _ end: Int32, _ items: [(Pattern, Item)]
    ) throws(ScriptError) {
        let skip = emit(.jumpGreaterOrEqual, counter, end)
        loops.append(Loop(label: loop.label, exitDepth: exits.count))
        let start = position
        var mismatches: [Int] = []
        for (pattern, item) in items { mismatches += try bind(pattern, item, counter) }
        try turn(loop, mismatches)
        emit(.rangeNext, counter, end, Int32(start - position - 1))
        land(skip)
        land(loops.removeLast().breaks)
    }

    private func bind(_ pattern: Pattern, _ item: Item, _ counter: Int32) throws(ScriptError)
        -> [Int]
    {
        if case .wildcard = pattern { return [] }
        switch item {
        case .counter:
            if case .bind(.local(let variable)) = pattern, variable.isRaw {
                // The counter itself is the constant of the loop; a variable may change.
                if variable.isConstant {
                    variable.register = counter
                } else {
                    variable.register = newRaw()
                    emit(.moveRaw, variable.register, counter)
                }
                return []
            }
            let number = newValue()
            emit(.boxInt, number, counter)
            return try bind(pattern, number, .int)
        case .element(let array, let type):
            if case .bind(.local(let variable)) = pattern, variable.isRaw, variable.type == type {
                variable.register = newRaw()
                switch type {
                case .int: emit(.elementInt, variable.register, array, counter)
                case .double: emit(.elementDouble, variable.register, array, counter)
                default: emit(.elementBool, variable.register, array, counter)
                }
                return []
            }
            let element = newValue()
            emit(.element, element, array, counter)
            return try bind(pattern, element, type)
        }
    }

    /// Numbers from a start to an end by steps, in three registers side by side.
    private func strideLoop(_ loop: LoopBody, _ arguments: [Expr], isClosed: Bool)
        throws(ScriptError)
    {
        let counter = newRaw()
        _ = newRaw()
        _ = newRaw()
        for (index, argument) in arguments.prefix(3).enumerated() {
            try raw(argument, into: counter + Int32(index))
        }
        let skip = emit(.strideBegin, counter, 0, x: isClosed ? 1 : 0)
        loops.append(Loop(label: loop.label, exitDepth: exits.count))
        let start = position
        try turn(loop, try bind(loop.pattern, .counter, counter))
        emit(.strideNext, counter, 0, Int32(start - position - 1))
        land(skip)
        land(loops.removeLast().breaks)
    }
}

extension Binding {
    /// Whether this is `stride` over integers.
    fileprivate var isIntegerStride: Bool {
        kind == .function && name == "stride" && parameters.allSatisfy { $0.type == .int }
    }
}

extension ScriptType {
    fileprivate var isArray: Bool { if case .array = self { true } else { false } }
}
