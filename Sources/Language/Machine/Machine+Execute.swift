import Hosting

extension Machine {
    /// The register or table entry that a boxed operand names.
    @inline(__always)
    private static func at(
        _ values: UnsafeMutablePointer<Value>,
        _ table: UnsafeMutablePointer<UnsafeMutablePointer<Value>>, _ operand: Int32
    ) -> UnsafeMutablePointer<Value> {
        operand >= 0 ? values + Int(operand) : table[Int(~operand)]
    }

    /// The iterator whose address is in a register.
    @inline(__always)
    private static func iterator(_ address: Int) -> Unmanaged<ScriptIterator> {
        Unmanaged.fromOpaque(UnsafeRawPointer(bitPattern: address).unsafelyUnwrapped)
    }

    @inline(__always)
    static func double(_ raw: Int) -> Double {
        Double(bitPattern: UInt64(bitPattern: Int64(raw)))
    }

    @inline(__always)
    static func bits(_ value: Double) -> Int {
        Int(Int64(bitPattern: value.bitPattern))
    }

    /// The loop. Returns when the frame above `base` returned.
    func execute(downTo base: Int) throws {
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
                    let source = Machine.at(values, table, i.b)
                    let moved = source.move()
                    source.initialize(to: .void)
                    values[Int(i.a)] = moved
                case .put: Machine.put(Machine.at(values, table, i.a), values + Int(i.b))
                case .clear: Machine.set(values + Int(i.a), .void)
                case .loadImmediate: raws[Int(i.a)] = Int(i.b)
                case .loadRaw:
                    raws[Int(i.a)] = frame.pointee.block.pointee.rawConstants[Int(i.b)]
                case .boxInt: Machine.set(values + Int(i.a), .int(raws[Int(i.b)]))
                case .boxDouble:
                    Machine.set(values + Int(i.a), .double(Machine.double(raws[Int(i.b)])))
                case .boxBool: Machine.set(values + Int(i.a), .bool(raws[Int(i.b)] != 0))
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
                case .makeCell: values[Int(i.a)] = .cell(Cell.make(values[Int(i.a)]))
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
                    fuel &-= 1
                    if fuel == 0 {
                        fuel = 500
                        if cancellation.isRaised { try attend() }
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
                    fuel &-= 1
                    if fuel == 0 {
                        fuel = 500
                        if cancellation.isRaised { try attend() }
                    }
                // Places
                case .reachElement:
                    table[Int(i.a)] = try Machine.element(
                        Machine.at(values, table, i.b), raws[Int(i.c)])
                case .reachField:
                    table[Int(i.a)] = try Machine.field(
                        Machine.at(values, table, i.b), Int(i.c))
                case .ownElement:
                    table[Int(i.a)] = try Machine.ownElement(
                        Machine.at(values, table, i.b), raws[Int(i.c)])
                case .ownField:
                    table[Int(i.a)] = try Machine.ownField(
                        Machine.at(values, table, i.b), Int(i.c))
                case .reachCell:
                    if case .cell(let cell) = values[Int(i.b)] { table[Int(i.a)] = cell.place }
                case .modify:
                    try modify(
                        Machine.at(values, table, i.a), Machine.at(values, table, i.b), i.x)
                // Elements
                case .element:
                    let index = raws[Int(i.c)]
                    if let place = Machine.elementIfAny(Machine.at(values, table, i.b), index) {
                        values[Int(i.a)] = place.pointee
                    } else {
                        values[Int(i.a)] = try elementSlow(
                            Machine.at(values, table, i.b).pointee, index)
                    }
                case .elementInt:
                    let index = raws[Int(i.c)]
                    if let place = Machine.elementIfAny(Machine.at(values, table, i.b), index),
                        case .int(let value) = place.pointee
                    {
                        raws[Int(i.a)] = value
                    } else {
                        raws[Int(i.a)] = try Machine.unbox(
                            elementSlow(Machine.at(values, table, i.b).pointee, index), .int)
                    }
                case .elementDouble:
                    let index = raws[Int(i.c)]
                    if let place = Machine.elementIfAny(Machine.at(values, table, i.b), index),
                        case .double(let value) = place.pointee
                    {
                        raws[Int(i.a)] = Machine.bits(value)
                    } else {
                        raws[Int(i.a)] = try Machine.unbox(
                            elementSlow(Machine.at(values, table, i.b).pointee, index), .double)
                    }
                case .elementBool:
                    let index = raws[Int(i.c)]
                    if let place = Machine.elementIfAny(Machine.at(values, table, i.b), index),
                        case .bool(let value) = place.pointee
                    {
                        raws[Int(i.a)] = value ? 1 : 0
                    } else {
                        raws[Int(i.a)] = try Machine.unbox(
                            elementSlow(Machine.at(values, table, i.b).pointee, index), .bool)
                    }
                case .setElement:
                    let value = Machine.at(values, table, i.c).pointee
                    try Machine.ownElement(Machine.at(values, table, i.a), raws[Int(i.b)])
                        .pointee = value
                case .setElementInt:
                    Machine.set(
                        try Machine.ownElement(
                            Machine.at(values, table, i.a), raws[Int(i.b)]),
                        .int(raws[Int(i.c)]))
                case .setElementDouble:
                    Machine.set(
                        try Machine.ownElement(
                            Machine.at(values, table, i.a), raws[Int(i.b)]),
                        .double(Machine.double(raws[Int(i.c)])))
                case .setElementBool:
                    Machine.set(
                        try Machine.ownElement(
                            Machine.at(values, table, i.a), raws[Int(i.b)]),
                        .bool(raws[Int(i.c)] != 0))
                case .entry:
                    values[Int(i.a)] = try Machine.entry(
                        Machine.at(values, table, i.b), values + Int(i.c))
                case .entryOrNext:
                    if try Machine.takeEntry(
                        Machine.at(values, table, i.b), values + Int(i.c), into: values + Int(i.a))
                    {
                        pc += 1
                    }
                case .setEntry:
                    try setEntry(
                        Machine.at(values, table, i.a), values + Int(i.b), isValue: i.x != 0)
                case .modifyEntry:
                    try modifyEntry(Machine.at(values, table, i.a), values + Int(i.b), i.x)
                case .count:
                    raws[Int(i.a)] = try Machine.count(Machine.at(values, table, i.b).pointee)
                case .field:
                    if case .structure(let instance) = Machine.at(values, table, i.b).pointee {
                        values[Int(i.a)] = instance[Int(i.c)]
                    } else {
                        throw Machine.notStructure(Machine.at(values, table, i.b).pointee)
                    }
                case .fieldInt:
                    if case .structure(let instance) = Machine.at(values, table, i.b).pointee,
                        case .int(let value) = instance[Int(i.c)]
                    {
                        raws[Int(i.a)] = value
                    } else {
                        raws[Int(i.a)] = try fieldSlow(
                            Machine.at(values, table, i.b).pointee, Int(i.c), .int)
                    }
                case .fieldDouble:
                    if case .structure(let instance) = Machine.at(values, table, i.b).pointee,
                        case .double(let value) = instance[Int(i.c)]
                    {
                        raws[Int(i.a)] = Machine.bits(value)
                    } else {
                        raws[Int(i.a)] = try fieldSlow(
                            Machine.at(values, table, i.b).pointee, Int(i.c), .double)
                    }
                case .fieldBool:
                    if case .structure(let instance) = Machine.at(values, table, i.b).pointee,
                        case .bool(let value) = instance[Int(i.c)]
                    {
                        raws[Int(i.a)] = value ? 1 : 0
                    } else {
                        raws[Int(i.a)] = try fieldSlow(
                            Machine.at(values, table, i.b).pointee, Int(i.c), .bool)
                    }
                case .setField:
                    let value = Machine.at(values, table, i.c).pointee
                    try Machine.ownField(Machine.at(values, table, i.a), Int(i.b))
                        .pointee = value
                case .setFieldInt:
                    Machine.set(
                        try Machine.ownField(
                            Machine.at(values, table, i.a), Int(i.b)),
                        .int(raws[Int(i.c)]))
                case .setFieldDouble:
                    Machine.set(
                        try Machine.ownField(
                            Machine.at(values, table, i.a), Int(i.b)),
                        .double(Machine.double(raws[Int(i.c)])))
                case .setFieldBool:
                    Machine.set(
                        try Machine.ownField(
                            Machine.at(values, table, i.a), Int(i.b)),
                        .bool(raws[Int(i.c)] != 0))
                case .tupleElement:
                    guard case .tuple(let tuple) = Machine.at(values, table, i.b).pointee,
                        Int(i.c) < tuple.elements.count
                    else { throw Machine.notTuple(Machine.at(values, table, i.b).pointee) }
                    values[Int(i.a)] = tuple.elements[Int(i.c)]
                case .caseIs:
                    if case .enumeration(let item) = Machine.at(values, table, i.b).pointee {
                        raws[Int(i.a)] = item.index == Int(i.c) ? 1 : 0
                    } else {
                        raws[Int(i.a)] = 0
                    }
                case .payload:
                    if case .enumeration(let item) = Machine.at(values, table, i.b).pointee {
                        values[Int(i.a)] = item.payload[Int(i.c)]
                    }
                case .removeLast:
                    guard let last = try Machine.popLast(Machine.at(values, table, i.b)) else {
                        throw Builtins.empty("removeLast")
                    }
                    values[Int(i.a)] = last
                case .popOrNext:
                    if let last = try Machine.popLast(Machine.at(values, table, i.b)) {
                        values[Int(i.a)] = last
                        pc += 1
                    }
                case .swapElements:
                    try Machine.swapElements(
                        Machine.at(values, table, i.a), raws[Int(i.b)], raws[Int(i.c)])
                case .appendEntry:
                    try Machine.appendEntry(Machine.at(values, table, i.a), values + Int(i.b))
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
                    fuel &-= 1
                    if fuel == 0 {
                        fuel = 500
                        if cancellation.isRaised { try attend() }
                    }
                case .callRaw:
                    raws[Int(i.a)] = try frame.pointee.block.pointee.rawFunctions[Int(i.b)](
                        raws + Int(i.c))
                case .callValue:
                    frame.pointee.pc = pc
                    if try callValue(i, values, raws, table) {
                        frame += 1
                        pc = frame.pointee.pc
                        values = frame.pointee.values
                        raws = frame.pointee.raws
                        table = frame.pointee.block.pointee.table
                    }
                    fuel &-= 1
                    if fuel == 0 {
                        fuel = 500
                        if cancellation.isRaised { try attend() }
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
                case .callNative, .callHeld, .callMutating, .callDynamic, .callDynamicMutating,
                    .callValueInOut:
                    frame.pointee.pc = pc
                    if cancellation.isRaised { try attend(before: i) }
                    try callSlow(i, frame)
                case .next:
                    let iterator = Machine.iterator(raws[Int(i.a)])
                    let target = values + Int(i.b)
                    if iterator._withUnsafeGuaranteedRef({ $0.putPlain(into: target) }) { continue }
                    if let value = try iterator._withUnsafeGuaranteedRef({ try $0.next() }) {
                        values[Int(i.b)] = value
                    } else {
                        pc += Int(i.c)
                    }
                case .nextPair:
                    if let (first, second) = try Machine.iterator(raws[Int(i.a)])
                        ._withUnsafeGuaranteedRef({ try $0.nextPair() })
                    {
                        values[Int(i.b)] = first
                        values[Int(i.b) + 1] = second
                    } else {
                        pc += Int(i.c)
                    }
                case .strideBegin:
                    if try !Machine.beginsStride(raws + Int(i.a), i.x != 0) { pc += Int(i.c) }
                case .strideNext:
                    raws[Int(i.a)] &+= raws[Int(i.a) + 2]
                    let rest = raws[Int(i.a) + 1]
                    if rest != 0 {
                        raws[Int(i.a) + 1] = rest &- 1
                        pc += Int(i.c)
                    }
                    fuel &-= 1
                    if fuel == 0 {
                        fuel = 500
                        if cancellation.isRaised { try attend() }
                    }
                case .unwrapOrJump:
                    switch Machine.at(values, table, i.b).pointee {
                    case .none: pc += Int(i.c)
                    case .some(let inner): values[Int(i.a)] = inner
                    default: values[Int(i.a)] = Machine.at(values, table, i.b).pointee
                    }
                case .equalString:
                    raws[Int(i.a)] =
                        Machine.isSameText(
                            Machine.at(values, table, i.b), Machine.at(values, table, i.c))
                            == (i.x == 0) ? 1 : 0
                case .jumpText:
                    if Machine.isSameText(
                        Machine.at(values, table, i.a), Machine.at(values, table, i.b))
                        == (i.x == 0)
                    {
                        pc += Int(i.c)
                    }
                case .concatenate:
                    frame.pointee.pc = pc
                    try concatenate(values + Int(i.b), Int(i.c), into: values + Int(i.a))
                case .binary, .compare, .negate, .complement:
                    frame.pointee.pc = pc
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

    var rawsEnd: UnsafeMutablePointer<Int> { raws + (Machine.rawCapacity - 1) }
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
            if index != slot { set(values + index, .void) }
            index += 1
        }
    }
}
