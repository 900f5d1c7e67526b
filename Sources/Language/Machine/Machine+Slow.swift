import Hosting

extension Machine {
    /// The register or table entry that a boxed operand names.
    func place(_ operand: Int32, _ frame: UnsafeMutablePointer<FrameRecord>)
        -> UnsafeMutablePointer<Value>
    {
        operand >= 0
            ? frame.pointee.values + Int(operand) : frame.pointee.block.pointee.table[Int(~operand)]
    }

    /// Instructions that need no speed of their own.
    func slow(_ i: Instruction, _ frame: UnsafeMutablePointer<FrameRecord>) throws {
        let values = frame.pointee.values
        let raws = frame.pointee.raws
        let prototype = frame.pointee.block.pointee.prototype.takeUnretainedValue()
        let first = Int(i.b)
        switch i.opcode {
        case .makeArray: values[Int(i.a)] = .array(takeValues(values, first, Int(i.c)))
        case .makeDictionary:
            let list = takeValues(values, first, Int(i.c))
            var result: [Value: Value] = [:]
            for index in stride(from: 0, to: list.count, by: 2) {
                if result.updateValue(list[index + 1], forKey: list[index]) != nil {
                    throw RuntimeFault(
                        .key, "a dictionary literal has the key \(list[index].shortText) twice")
                }
            }
            values[Int(i.a)] = .dictionary(result)
        case .makeTuple:
            values[Int(i.a)] = .tuple(
                ScriptTuple(
                    takeValues(values, first, Int(i.x)), labels: prototype.labels[Int(i.c)]))
        case .makeRange:
            let lower = i.x & 1 != 0 ? values[first] : nil
            let upper = i.x & 2 != 0 ? values[first + 1] : nil
            values[Int(i.a)] = try Machine.range(lower, upper, isClosed: i.x & 4 != 0)
        case .checkCount:
            let (low, high) = (raws[Int(i.a)], raws[first])
            let (count, isHuge) = high.subtractingReportingOverflow(low)
            if isHuge || count >= Machine.maximumElements {
                throw RuntimeFault(
                    .memory,
                    "\(low)\(i.x != 0 ? "..." : "..<")\(high) has too many elements to collect")
            }
        case .makeRangeInt:
            values[Int(i.a)] = try Machine.range(
                .int(raws[first]), .int(raws[Int(i.c)]), isClosed: i.x != 0)
        case .construct:
            let type = prototype.declaredTypes[Int(i.c)]
            let count = type.fields.count
            values[Int(i.a)] = .structure(
                Instance.make(type, count) {
                    $0.moveInitialize(from: values + first, count: count)
                    (values + first).initialize(repeating: .void, count: count)
                })
        case .makeCase:
            let type = prototype.declaredTypes[Int(i.c)]
            let index = Int(i.x)
            values[Int(i.a)] = .enumeration(
                EnumValue(
                    type: type, index: index,
                    payload: takeValues(values, first, type.cases[index].payload.count)))
        case .append: try Machine.append(values + Int(i.a), &values[first])
        case .lookup:
            let arguments = takeValues(values, Int(i.c), Int(i.x))
            values[Int(i.a)] = try subscriptValue(place(i.b, frame).pointee, arguments, labels: nil)
        case .dynamicMember:
            values[Int(i.a)] = try member(prototype.names[Int(i.c)], of: place(i.b, frame).pointee)
        case .writeBack: try writePath(prototype.paths[Int(i.a)], frame, moving: values + first)
        case .makeClosure: values[Int(i.a)] = closure(prototype, Int(i.b), values)
        case .unwrap:
            switch place(i.b, frame).pointee {
            case .none:
                throw RuntimeFault(
                    .optional, "found nil while unwrapping an optional with !",
                    suggestion: "use if let, ?? or ?. where a value may be missing")
            case .some(let inner): values[Int(i.a)] = inner
            default: values[Int(i.a)] = place(i.b, frame).pointee
            }
        case .wrap: values[Int(i.a)] = .some(place(i.b, frame).pointee)
        case .isType:
            raws[Int(i.a)] = matches(place(i.b, frame).pointee, prototype.types[Int(i.c)]) ? 1 : 0
        case .cast, .castForced:
            try cast(i, to: values + Int(i.a), place(i.b, frame).pointee, prototype.types[Int(i.c)])
        case .convert:
            values[Int(i.a)] = try convert(
                place(i.b, frame).pointee, to: prototype.types[Int(i.c)])
        case .matches:
            raws[Int(i.a)] =
                try patternMatches(place(i.b, frame).pointee, place(i.c, frame).pointee) ? 1 : 0
        case .storePath:
            var value = place(i.b, frame).pointee
            try modify(prototype.paths[Int(i.a)], frame, isStore: true) { target in
                target.pointee = value
                value = .void
            }
        case .modifyPath: try modifyPath(i, prototype, frame)
        case .takePath:
            var taken = Value.void
            // What functions give is put back by `writeBack` alone.
            try modify(prototype.paths[Int(i.b)], frame, isRead: true) {
                swap(&taken, &$0.pointee)
            }
            values[Int(i.a)] = taken
        case .readPath: values[Int(i.a)] = try readPath(prototype.paths[Int(i.b)], frame)
        case .makeIterator:
            let iterator = try ScriptIterator.make(place(i.b, frame).pointee, machine: self)
            values[Int(i.a)] = .iterator(iterator)
            // The loop goes through this address; the register beside it keeps the iterator alive.
            raws[Int(i.c)] = Int(bitPattern: Unmanaged.passUnretained(iterator).toOpaque())
        case .throw: throw ThrownValue(value: place(i.a, frame).pointee)
        case .rethrow:
            if case .object(let object) = values[Int(i.a)], let error = object.base as? any Error {
                throw error
            }
        case .caught: values[Int(i.a)] = Machine.scriptValue(ofError: place(i.b, frame).pointee)
        case .requireValue: if case .void = values[Int(i.a)] { throw Machine.missing }
        case .once:
            if !prototype.globals[Int(i.a)].isInitialized {
                _ = try reenter(prototype.callees[first], captures: [], arguments: [])
            }
            // A jump to what follows takes its place.
            (frame.pointee.pc - 1).pointee = Instruction(opcode: .jump)
        case .setResult: result = place(i.a, frame).pointee
        default: throw RuntimeFault(.runtime, "unknown instruction \(i.opcode)")
        }
        try settle()
    }

    /// Moves values out of registers.
    func takeValues(_ values: UnsafeMutablePointer<Value>, _ first: Int, _ count: Int) -> [Value] {
        // Appended one by one: the initializer for storage without values looks its type up.
        var list: [Value] = []
        list.reserveCapacity(count)
        for place in (values + first)..<(values + first + count) {
            list.append(place.move())
            place.initialize(to: .void)
        }
        return list
    }

    func markGlobal(_ index: Int) { currentPrototype.globals[index].isInitialized = true }

    func overflowFault(_ operation: BinaryOperator, _ a: Int, _ b: Int) -> RuntimeFault {
        RuntimeFault(.arithmetic, "overflow: \(a) \(operation.symbol) \(b) does not fit in Int")
    }

    static func range(_ lower: Value?, _ upper: Value?, isClosed: Bool) throws -> Value {
        let range = ScriptRange(lower: lower, upper: upper, isClosed: isClosed && upper != nil)
        switch (lower, upper) {
        case (.int(let low)?, .int(let high)?) where low > high:
            // Swift allows no range that runs backwards.
            throw RuntimeFault(
                .arithmetic, "range \(low)\(isClosed ? "..." : "..<")\(high) runs backwards",
                suggestion:
                    "use stride(from: \(low), \(isClosed ? "through" : "to"): \(high), by: -1)")
        case (.double(let low)?, .double(let high)?) where !(low <= high):
            throw RuntimeFault(.arithmetic, "range \(low)...\(high) runs backwards")
        default: return .range(range)
        }
    }

    func closure(_ prototype: Prototype, _ index: Int, _ values: UnsafeMutablePointer<Value>)
        -> Value
    {
        let callee = prototype.callees[index]
        let captures = prototype.captureSources[index].map { values[Int($0)] }
        return .function(
            ScriptFunction(
                name: callee.name, type: callee.functionType,
                body: .compiled(callee, captures: captures), machine: self))
    }

    /// The operators on boxed values.
    func operate(
        _ i: Instruction, _ values: UnsafeMutablePointer<Value>, _ raws: UnsafeMutablePointer<Int>,
        _ left: UnsafeMutablePointer<Value>, _ right: UnsafeMutablePointer<Value>
    ) throws {
        switch i.opcode {
        case .negate: values[Int(i.a)] = try prefix("-", left.pointee)
        case .complement: values[Int(i.a)] = try prefix("~", left.pointee)
        case .compare:
            guard let operation = BinaryOperator(rawValue: i.x) else { return }
            raws[Int(i.a)] = try Machine.unbox(
                binary(operation, left.pointee, right.pointee), .bool)
        default:
            guard let operation = BinaryOperator(rawValue: i.x) else { return }
            values[Int(i.a)] = try binary(operation, left.pointee, right.pointee)
        }
        try settle()
    }

    func binary(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws -> Value {
        if let value = try Operations.builtIn(operation, left, right) { return value }
        if let value = try interpreter.applyOperator(operation.symbol, [left, right]) {
            return value
        }
        if operation.isEquality, case .object = left {
            return .bool((left == right) == (operation == .equal))
        }
        throw RuntimeFault(
            .type,
            "cannot apply '\(operation.symbol)' to \(left.dynamicType) and \(right.dynamicType)")
    }

    func prefix(_ name: String, _ value: Value) throws -> Value {
        switch (name, value) {
        case ("-", .int(let number)):
            return .int(try Operations.integer(.subtract, 0, number))
        case ("-", .double(let number)): return .double(-number)
        case ("-", .float(let number)): return .float(-number)
        case ("~", .int(let number)): return .int(~number)
        case ("!", .bool(let value)): return .bool(!value)
        default: break
        }
        if let value = try interpreter.applyOperator(name, [value]) { return value }
        throw RuntimeFault(.type, "cannot apply '\(name)' to \(value.dynamicType)")
    }
}
