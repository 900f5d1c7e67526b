import Hosting

extension Machine {
    /// Runs a prototype in a prepared window and returns its boxed result.
    func enter(
        _ prototype: Prototype, window: UnsafeMutablePointer<Value>,
        rawWindow: UnsafeMutablePointer<Int>
    ) throws -> Value {
        try prepare(prototype, values: window, raws: rawWindow)
        let base = depth
        let firstHandler = handlers.count
        frames[base] = FrameRecord(
            block: prototype.block, pc: prototype.block.pointee.code, values: window,
            raws: rawWindow, wantsBoxed: true)
        depth = base + 1
        while true {
            do {
                try execute(downTo: base)
                break
            } catch {
                try unwind(error, base: base, firstHandler: firstHandler)
            }
        }
        let slot = prototype.block.pointee.resultSlot
        let value = window[slot]
        window[slot] = .void
        return value
    }

    /// The register or table entry that a boxed operand names.
    @inline(__always)
    private static func at(
        _ values: UnsafeMutablePointer<Value>,
        _ table: UnsafeMutablePointer<UnsafeMutablePointer<Value>>, _ operand: Int32
    ) -> UnsafeMutablePointer<Value> {
        operand >= 0 ? values + Int(operand) : table[Int(~operand)]
    }

    @inline(__always)
    private static func double(_ raw: Int) -> Double {
        Double(bitPattern: UInt64(bitPattern: Int64(raw)))
    }

    @inline(__always)
    private static func bits(_ value: Double) -> Int {
        Int(Int64(bitPattern: value.bitPattern))
    }

    /// The loop. Returns when the frame above `base` returned.
    private func execute(downTo base: Int) throws {
        var frame = frames + (depth - 1)
        var pc = frame.pointee.pc
        var values = frame.pointee.values
        var raws = frame.pointee.raws
        var table = frame.pointee.block.pointee.table!
        let cancellation = host.cancellation
        let lastFrame = frames + (Machine.maximumDepth - 1)
        let rawEnd = rawsEnd
        var fuel: Int32 = 500
        do {
            while true {
                let i = pc.pointee
                pc += 1
                switch i.opcode {
                case .moveRaw: raws[Int(i.a)] = raws[Int(i.b)]
                case .move:
                    Machine.at(values, table, i.a).pointee = Machine.at(values, table, i.b).pointee
                case .take:
                    swap(&values[Int(i.a)], &values[Int(i.b)])
                    values[Int(i.b)] = .void
                case .clear: values[Int(i.a)] = .void
                case .loadImmediate: raws[Int(i.a)] = Int(i.b)
                case .loadRaw:
                    raws[Int(i.a)] = frame.pointee.block.pointee.rawConstants[Int(i.b)]
                case .boxInt: values[Int(i.a)] = .int(raws[Int(i.b)])
                case .boxDouble: values[Int(i.a)] = .double(Machine.double(raws[Int(i.b)]))
                case .boxBool: values[Int(i.a)] = .bool(raws[Int(i.b)] != 0)
                case .unboxInt:
                    if case .int(let value) = Machine.at(values, table, i.b).pointee {
                        raws[Int(i.a)] = value
                    } else {
                        raws[Int(i.a)] = try Machine.unbox(
                            Machine.at(values, table, i.b).pointee, .int)
                    }
                case .unboxDouble:
                    if case .double(let value) = Machine.at(values, table, i.b).pointee {
                        raws[Int(i.a)] = Machine.bits(value)
                    } else {
                        raws[Int(i.a)] = try Machine.unbox(
                            Machine.at(values, table, i.b).pointee, .double)
                    }
                case .unboxBool:
                    raws[Int(i.a)] = try Machine.unbox(
                        Machine.at(values, table, i.b).pointee, .bool)
                case .loadGlobalRaw:
                    raws[Int(i.a)] = frame.pointee.block.pointee.rawTable[Int(i.b)].pointee
                case .storeGlobalRaw:
                    frame.pointee.block.pointee.rawTable[Int(i.b)].pointee = raws[Int(i.a)]
                case .markGlobal: markGlobal(Int(i.a))
                case .makeCell: values[Int(i.a)] = .cell(Cell(values[Int(i.a)]))
                case .loadCell:
                    if case .cell(let cell) = values[Int(i.b)] { values[Int(i.a)] = cell.value }
                case .storeCell:
                    if case .cell(let cell) = values[Int(i.a)] {
                        cell.value = Machine.at(values, table, i.b).pointee
                    }
                // Int
                case .addInt:
                    let (value, overflow) = raws[Int(i.b)].addingReportingOverflow(raws[Int(i.c)])
                    if overflow { throw overflowFault(.add, raws[Int(i.b)], raws[Int(i.c)]) }
                    raws[Int(i.a)] = value
                case .subtractInt:
                    let (value, overflow) = raws[Int(i.b)].subtractingReportingOverflow(
                        raws[Int(i.c)])
                    if overflow { throw overflowFault(.subtract, raws[Int(i.b)], raws[Int(i.c)]) }
                    raws[Int(i.a)] = value
                case .multiplyInt:
                    let (value, overflow) = raws[Int(i.b)].multipliedReportingOverflow(
                        by: raws[Int(i.c)])
                    if overflow { throw overflowFault(.multiply, raws[Int(i.b)], raws[Int(i.c)]) }
                    raws[Int(i.a)] = value
                case .divideInt:
                    let divisor = raws[Int(i.c)]
                    if divisor == 0 || divisor == -1 {
                        raws[Int(i.a)] = try Operations.integer(.divide, raws[Int(i.b)], divisor)
                    } else {
                        raws[Int(i.a)] = raws[Int(i.b)] / divisor
                    }
                case .remainderInt:
                    let divisor = raws[Int(i.c)]
                    if divisor == 0 || divisor == -1 {
                        raws[Int(i.a)] = try Operations.integer(.remainder, raws[Int(i.b)], divisor)
                    } else {
                        raws[Int(i.a)] = raws[Int(i.b)] % divisor
                    }
                case .addImmediate:
                    let (value, overflow) = raws[Int(i.b)].addingReportingOverflow(Int(i.c))
                    if overflow { throw overflowFault(.add, raws[Int(i.b)], Int(i.c)) }
                    raws[Int(i.a)] = value
                case .multiplyImmediate:
                    let (value, overflow) = raws[Int(i.b)].multipliedReportingOverflow(by: Int(i.c))
                    if overflow { throw overflowFault(.multiply, raws[Int(i.b)], Int(i.c)) }
                    raws[Int(i.a)] = value
                case .remainderImmediate: raws[Int(i.a)] = raws[Int(i.b)] % Int(i.c)
                case .addWrapping: raws[Int(i.a)] = raws[Int(i.b)] &+ raws[Int(i.c)]
                case .subtractWrapping: raws[Int(i.a)] = raws[Int(i.b)] &- raws[Int(i.c)]
                case .multiplyWrapping: raws[Int(i.a)] = raws[Int(i.b)] &* raws[Int(i.c)]
                case .andInt: raws[Int(i.a)] = raws[Int(i.b)] & raws[Int(i.c)]
                case .orInt: raws[Int(i.a)] = raws[Int(i.b)] | raws[Int(i.c)]
                case .xorInt: raws[Int(i.a)] = raws[Int(i.b)] ^ raws[Int(i.c)]
                case .shiftLeft: raws[Int(i.a)] = raws[Int(i.b)] << raws[Int(i.c)]
                case .shiftRight: raws[Int(i.a)] = raws[Int(i.b)] >> raws[Int(i.c)]
                case .powerInt:
                    raws[Int(i.a)] = try Operations.integer(.power, raws[Int(i.b)], raws[Int(i.c)])
                case .negateInt:
                    if raws[Int(i.b)] == Int.min { throw overflowFault(.subtract, 0, Int.min) }
                    raws[Int(i.a)] = -raws[Int(i.b)]
                case .complementInt: raws[Int(i.a)] = ~raws[Int(i.b)]
                case .equalInt: raws[Int(i.a)] = raws[Int(i.b)] == raws[Int(i.c)] ? 1 : 0
                case .notEqualInt: raws[Int(i.a)] = raws[Int(i.b)] != raws[Int(i.c)] ? 1 : 0
                case .lessInt: raws[Int(i.a)] = raws[Int(i.b)] < raws[Int(i.c)] ? 1 : 0
                case .lessOrEqualInt: raws[Int(i.a)] = raws[Int(i.b)] <= raws[Int(i.c)] ? 1 : 0
                // Double
                case .addDouble:
                    raws[Int(i.a)] = Machine.bits(
                        Machine.double(raws[Int(i.b)]) + Machine.double(raws[Int(i.c)]))
                case .subtractDouble:
                    raws[Int(i.a)] = Machine.bits(
                        Machine.double(raws[Int(i.b)]) - Machine.double(raws[Int(i.c)]))
                case .multiplyDouble:
                    raws[Int(i.a)] = Machine.bits(
                        Machine.double(raws[Int(i.b)]) * Machine.double(raws[Int(i.c)]))
                case .divideDouble:
                    raws[Int(i.a)] = Machine.bits(
                        Machine.double(raws[Int(i.b)]) / Machine.double(raws[Int(i.c)]))
                case .remainderDouble:
                    raws[Int(i.a)] = Machine.bits(
                        Machine.double(raws[Int(i.b)])
                            .truncatingRemainder(dividingBy: Machine.double(raws[Int(i.c)])))
                case .powerDouble:
                    raws[Int(i.a)] = Machine.bits(
                        Operations.power(
                            Machine.double(raws[Int(i.b)]), Machine.double(raws[Int(i.c)])))
                case .negateDouble: raws[Int(i.a)] = Machine.bits(-Machine.double(raws[Int(i.b)]))
                case .equalDouble:
                    raws[Int(i.a)] =
                        Machine.double(raws[Int(i.b)]) == Machine.double(raws[Int(i.c)]) ? 1 : 0
                case .notEqualDouble:
                    raws[Int(i.a)] =
                        Machine.double(raws[Int(i.b)]) != Machine.double(raws[Int(i.c)]) ? 1 : 0
                case .lessDouble:
                    raws[Int(i.a)] =
                        Machine.double(raws[Int(i.b)]) < Machine.double(raws[Int(i.c)]) ? 1 : 0
                case .lessOrEqualDouble:
                    raws[Int(i.a)] =
                        Machine.double(raws[Int(i.b)]) <= Machine.double(raws[Int(i.c)]) ? 1 : 0
                case .intToDouble: raws[Int(i.a)] = Machine.bits(Double(raws[Int(i.b)]))
                case .notBool: raws[Int(i.a)] = raws[Int(i.b)] ^ 1
                // Jumps
                case .jump: pc += Int(i.c)
                case .loop:
                    pc += Int(i.c)
                    fuel -= 1
                    if fuel == 0 {
                        fuel = 500
                        try cancellation.check()
                    }
                case .jumpIf: if raws[Int(i.a)] != 0 { pc += Int(i.c) }
                case .jumpIfNot: if raws[Int(i.a)] == 0 { pc += Int(i.c) }
                case .jumpLess: if raws[Int(i.a)] < raws[Int(i.b)] { pc += Int(i.c) }
                case .jumpLessOrEqual: if raws[Int(i.a)] <= raws[Int(i.b)] { pc += Int(i.c) }
                case .jumpEqual: if raws[Int(i.a)] == raws[Int(i.b)] { pc += Int(i.c) }
                case .jumpNotEqual: if raws[Int(i.a)] != raws[Int(i.b)] { pc += Int(i.c) }
                case .jumpGreaterOrEqual: if raws[Int(i.a)] >= raws[Int(i.b)] { pc += Int(i.c) }
                case .jumpGreater: if raws[Int(i.a)] > raws[Int(i.b)] { pc += Int(i.c) }
                case .jumpLessImmediate: if raws[Int(i.a)] < Int(i.b) { pc += Int(i.c) }
                case .jumpLessOrEqualImmediate: if raws[Int(i.a)] <= Int(i.b) { pc += Int(i.c) }
                case .jumpEqualImmediate: if raws[Int(i.a)] == Int(i.b) { pc += Int(i.c) }
                case .jumpNotEqualImmediate: if raws[Int(i.a)] != Int(i.b) { pc += Int(i.c) }
                case .jumpGreaterImmediate: if raws[Int(i.a)] > Int(i.b) { pc += Int(i.c) }
                case .jumpGreaterOrEqualImmediate: if raws[Int(i.a)] >= Int(i.b) { pc += Int(i.c) }
                case .rangeNext:
                    let next = raws[Int(i.a)] &+ 1
                    raws[Int(i.a)] = next
                    if next < raws[Int(i.b)] { pc += Int(i.c) }
                    fuel -= 1
                    if fuel == 0 {
                        fuel = 500
                        try cancellation.check()
                    }
                // Elements
                case .element:
                    let index = raws[Int(i.c)]
                    if case .array(let elements) = Machine.at(values, table, i.b).pointee,
                        index >= 0, index < elements.count
                    {
                        values[Int(i.a)] = elements[index]
                    } else {
                        values[Int(i.a)] = try elementSlow(
                            Machine.at(values, table, i.b).pointee, index)
                    }
                case .elementInt:
                    let index = raws[Int(i.c)]
                    if case .array(let elements) = Machine.at(values, table, i.b).pointee,
                        index >= 0, index < elements.count, case .int(let value) = elements[index]
                    {
                        raws[Int(i.a)] = value
                    } else {
                        raws[Int(i.a)] = try Machine.unbox(
                            elementSlow(Machine.at(values, table, i.b).pointee, index), .int)
                    }
                case .elementDouble:
                    let index = raws[Int(i.c)]
                    if case .array(let elements) = Machine.at(values, table, i.b).pointee,
                        index >= 0, index < elements.count,
                        case .double(let value) = elements[index]
                    {
                        raws[Int(i.a)] = Machine.bits(value)
                    } else {
                        raws[Int(i.a)] = try Machine.unbox(
                            elementSlow(Machine.at(values, table, i.b).pointee, index), .double)
                    }
                case .elementBool:
                    let index = raws[Int(i.c)]
                    if case .array(let elements) = Machine.at(values, table, i.b).pointee,
                        index >= 0, index < elements.count, case .bool(let value) = elements[index]
                    {
                        raws[Int(i.a)] = value ? 1 : 0
                    } else {
                        raws[Int(i.a)] = try Machine.unbox(
                            elementSlow(Machine.at(values, table, i.b).pointee, index), .bool)
                    }
                case .setElement:
                    try Machine.setElement(
                        Machine.at(values, table, i.a), raws[Int(i.b)],
                        Machine.at(values, table, i.c).pointee)
                case .setElementInt:
                    try Machine.setElement(
                        Machine.at(values, table, i.a), raws[Int(i.b)], .int(raws[Int(i.c)]))
                case .setElementDouble:
                    try Machine.setElement(
                        Machine.at(values, table, i.a), raws[Int(i.b)],
                        .double(Machine.double(raws[Int(i.c)])))
                case .count:
                    raws[Int(i.a)] = try Machine.count(Machine.at(values, table, i.b).pointee)
                case .field:
                    if case .structure(let instance) = Machine.at(values, table, i.b).pointee {
                        values[Int(i.a)] = instance.fields[Int(i.c)]
                    } else {
                        throw notStructure(Machine.at(values, table, i.b).pointee)
                    }
                case .fieldInt:
                    if case .structure(let instance) = Machine.at(values, table, i.b).pointee,
                        case .int(let value) = instance.fields[Int(i.c)]
                    {
                        raws[Int(i.a)] = value
                    } else {
                        raws[Int(i.a)] = try fieldSlow(
                            Machine.at(values, table, i.b).pointee, Int(i.c), .int)
                    }
                case .fieldDouble:
                    if case .structure(let instance) = Machine.at(values, table, i.b).pointee,
                        case .double(let value) = instance.fields[Int(i.c)]
                    {
                        raws[Int(i.a)] = Machine.bits(value)
                    } else {
                        raws[Int(i.a)] = try fieldSlow(
                            Machine.at(values, table, i.b).pointee, Int(i.c), .double)
                    }
                case .fieldBool:
                    raws[Int(i.a)] = try fieldSlow(
                        Machine.at(values, table, i.b).pointee, Int(i.c), .bool)
                case .setField:
                    try Machine.setField(
                        Machine.at(values, table, i.a), Int(i.b),
                        Machine.at(values, table, i.c).pointee)
                case .setFieldInt:
                    try Machine.setField(
                        Machine.at(values, table, i.a), Int(i.b), .int(raws[Int(i.c)]))
                case .setFieldDouble:
                    try Machine.setField(
                        Machine.at(values, table, i.a), Int(i.b),
                        .double(Machine.double(raws[Int(i.c)])))
                case .appendPlace:
                    try Machine.append(Machine.at(values, table, i.a), &values[Int(i.b)])
                // Calls
                case .call:
                    let callee = frame.pointee.block.pointee.callees[Int(i.a)]
                    frame.pointee.pc = pc
                    let window = values + Int(i.b)
                    let rawWindow = raws + Int(i.c)
                    if frame >= lastFrame
                        || window + callee.pointee.valueCount >= self.values + depthPointer[1]
                        || rawWindow + callee.pointee.rawCount >= rawEnd
                    {
                        try prepare(
                            callee.pointee.prototype.takeUnretainedValue(), values: window,
                            raws: rawWindow)
                    }
                    frame += 1
                    // Field by field: a whole record would go through a temporary.
                    frame.pointee.block = callee
                    frame.pointee.values = window
                    frame.pointee.raws = rawWindow
                    frame.pointee.wantsBoxed = false
                    depthPointer[0] += 1
                    pc = callee.pointee.code
                    values = window
                    raws = rawWindow
                    table = callee.pointee.table
                    fuel -= 1
                    if fuel == 0 {
                        fuel = 500
                        try cancellation.check()
                    }
                case .callValue:
                    frame.pointee.pc = pc
                    if try callValue(i, values, raws, table) {
                        frame += 1
                        pc = frame.pointee.pc
                        values = frame.pointee.values
                        raws = frame.pointee.raws
                        table = frame.pointee.block.pointee.table
                    }
                    fuel -= 1
                    if fuel == 0 {
                        fuel = 500
                        try cancellation.check()
                    }
                case .returnRaw:
                    let result = raws[Int(i.a)]
                    raws[0] = result
                    let block = frame.pointee.block
                    if block.pointee.valueCount > 0 {
                        Machine.leave(values, block, keepResult: false)
                    }
                    if frame.pointee.wantsBoxed {
                        values[block.pointee.resultSlot] = Machine.box(
                            result, RawKind(rawValue: i.x) ?? .int)
                    }
                    depthPointer[0] -= 1
                    if depthPointer[0] == base { return }
                    frame -= 1
                    pc = frame.pointee.pc
                    values = frame.pointee.values
                    raws = frame.pointee.raws
                    table = frame.pointee.block.pointee.table
                case .returnValue:
                    let block = frame.pointee.block
                    let slot = block.pointee.resultSlot
                    if i.a < 0 {
                        values[slot] = table[Int(~i.a)].pointee
                    } else if Int(i.a) != slot {
                        swap(&values[slot], &values[Int(i.a)])
                    }
                    Machine.leave(values, block, keepResult: true)
                    depthPointer[0] -= 1
                    if depthPointer[0] == base { return }
                    frame -= 1
                    pc = frame.pointee.pc
                    values = frame.pointee.values
                    raws = frame.pointee.raws
                    table = frame.pointee.block.pointee.table
                case .returnVoid:
                    let block = frame.pointee.block
                    if block.pointee.valueCount > 0 {
                        Machine.leave(values, block, keepResult: false)
                    }
                    depthPointer[0] -= 1
                    if depthPointer[0] == base { return }
                    frame -= 1
                    pc = frame.pointee.pc
                    values = frame.pointee.values
                    raws = frame.pointee.raws
                    table = frame.pointee.block.pointee.table
                case .callNative, .callMutating, .callDynamic, .callDynamicMutating,
                    .callValueInOut:
                    frame.pointee.pc = pc
                    try cancellation.check()
                    try callSlow(i, frame)
                case .next:
                    if case .iterator(let iterator) = values[Int(i.a)] {
                        if let value = try iterator.next() {
                            values[Int(i.b)] = value
                        } else {
                            pc += Int(i.c)
                        }
                    }
                case .unwrapOrJump:
                    switch Machine.at(values, table, i.b).pointee {
                    case .none: pc += Int(i.c)
                    case .some(let inner): values[Int(i.a)] = inner
                    default: values[Int(i.a)] = Machine.at(values, table, i.b).pointee
                    }
                case .binary, .compare, .equalString, .negate, .complement:
                    try operate(
                        i, values, raws, Machine.at(values, table, i.b),
                        Machine.at(values, table, i.c))
                case .pushHandler:
                    handlers.append(
                        Handler(
                            frame: depth,
                            target: (pc - frame.pointee.block.pointee.code) + Int(i.c),
                            register: i.a))
                case .popHandler: handlers.removeLast()
                default:
                    frame.pointee.pc = pc
                    try slow(i, frame)
                }
            }
        } catch {
            frame.pointee.pc = pc
            throw error
        }
    }

    private var rawsEnd: UnsafeMutablePointer<Int> { raws + (Machine.rawCapacity - 1) }
    /// Empties the registers of a frame that returns, except what its caller still reads.
    @inline(__always)
    private static func leave(
        _ values: UnsafeMutablePointer<Value>, _ block: UnsafeMutablePointer<CodeBlock>,
        keepResult: Bool
    ) {
        let count = block.pointee.valueCount
        let slot = keepResult ? block.pointee.resultSlot : -1
        var index = block.pointee.keptValues
        while index < count {
            if index != slot { values[index] = .void }
            index += 1
        }
    }
}
