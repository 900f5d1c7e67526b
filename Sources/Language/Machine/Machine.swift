import Hosting

/// A call that is under way.
struct FrameRecord {
    // The order keeps the compiler from loading the two register pointers as one vector, which the
    // loop would then take apart at every step.
    var block: UnsafeMutablePointer<CodeBlock>
    var values: UnsafeMutablePointer<Value>
    var pc: UnsafeMutablePointer<Instruction>
    var raws: UnsafeMutablePointer<Int>
    /// Whether the caller wants an unboxed result boxed.
    var wantsBoxed: Bool
}

/// Where an error goes.
struct Handler {
    var frame: Int
    var target: Int
    var register: Int32
}

/// The register machine: frames, registers and the state of the run.
///
/// Calls between script functions use frames of its own; only host code that calls back into a
/// script recurses natively, which is bounded by the stack that is left.
final class Machine {
    static let maximumDepth = 20_000
    private static let valueCapacity = 2_000_000
    static let rawCapacity = 2_000_000

    unowned let interpreter: Interpreter
    let values: UnsafeMutablePointer<Value>
    let raws: UnsafeMutablePointer<Int>
    let frames: UnsafeMutablePointer<FrameRecord>
    /// The number of calls under way and of initialised boxed registers, free of access checks.
    let depthPointer: UnsafeMutablePointer<Int>
    var handlers: [Handler] = []
    var host = Host.current
    var result: Value?
    /// An error raised where none could be thrown, such as inside `==` of a dictionary's key.
    var deferredError: (any Error)?
    var stack = StackGuard()
    /// How many cells run: one, and those that have a turn while it rests.
    private(set) var cellsUnderWay = 0
    /// How many calls were under way when the innermost cell began.
    private(set) var cellBase = 0
    /// How many calls were under way when the innermost `execute(downTo:)` began.
    var entryBase = 0
    /// Everything compiled so far; frames refer to prototypes without owning them.
    var prototypes: [Prototype] = []

    init(interpreter: Interpreter) {
        self.interpreter = interpreter
        values = .allocate(capacity: Self.valueCapacity)
        raws = .allocate(capacity: Self.rawCapacity)
        frames = .allocate(capacity: Self.maximumDepth + 1)
        depthPointer = .allocate(capacity: 2)
        depthPointer.initialize(repeating: 0, count: 2)
    }

    deinit {
        values.deinitialize(count: valuesReady)
        values.deallocate()
        raws.deallocate()
        frames.deallocate()
        depthPointer.deallocate()
    }

    /// How many calls are under way.
    var depth: Int {
        @inline(__always) get { depthPointer.pointee }
        @inline(__always) set { depthPointer.pointee = newValue }
    }

    /// Boxed registers below this are initialised.
    var valuesReady: Int {
        @inline(__always) get { depthPointer[1] }
        @inline(__always) set { depthPointer[1] = newValue }
    }

    var currentPrototype: Prototype {
        frames[depth - 1].block.pointee.prototype.takeUnretainedValue()
    }

    /// Makes sure the registers of a window exist.
    func prepare(
        _ prototype: Prototype, values window: UnsafeMutablePointer<Value>,
        raws rawWindow: UnsafeMutablePointer<Int>
    ) throws {
        let needed = (window - values) + prototype.valueCount + 1
        if depth >= Self.maximumDepth || needed > Self.valueCapacity
            || (rawWindow - raws) + prototype.rawCount + 1 > Self.rawCapacity
        {
            throw RuntimeFault(
                .recursion, "recursion deeper than \(min(depth, Self.maximumDepth)) calls")
        }
        if needed > valuesReady {
            (values + valuesReady).initialize(repeating: .void, count: needed - valuesReady)
            valuesReady = needed
        }
    }

    /// Runs a cell from its start and gives its result; above the registers of another cell where
    /// that one rests.
    func runCell(_ prototype: Prototype, host: Host) throws -> Value? {
        if cellsUnderWay == 0 {
            stack = StackGuard()
            depth = 0
            handlers = []
        } else if !stack.hasRoom {
            throw RuntimeFault(.recursion, "\(cellsUnderWay) cells wait for each other")
        }
        let resting = (host: self.host, base: cellBase, result: result, error: deferredError)
        self.host = host
        cellBase = depth
        result = nil
        deferredError = nil
        cellsUnderWay += 1
        defer {
            cellsUnderWay -= 1
            cellBase = resting.base
            result = resting.result
            deferredError = resting.error
            // Showing the last cell's result still runs code of that cell.
            if cellsUnderWay > 0 { self.host = resting.host }
        }
        let (window, rawWindow) = freeWindow()
        _ = try enter(prototype, window: window, rawWindow: rawWindow)
        return result
    }

    /// Runs a function for host code and returns its value.
    func reenter(_ prototype: Prototype, captures: [Value], arguments: [Value]) throws -> Value {
        guard stack.hasRoom else {
            throw RuntimeFault(.recursion, "recursion deeper than \(depth) calls")
        }
        let (window, rawWindow) = freeWindow()
        let parameterCount = prototype.parameterKinds.count
        guard arguments.count == parameterCount else {
            throw RuntimeFault(
                .argument,
                "\(prototype.name): expected \(parameterCount) arguments, got \(arguments.count)")
        }
        try prepare(prototype, values: window, raws: rawWindow)
        for (index, argument) in arguments.enumerated() { window[index] = argument }
        try layOut(captures, prototype.block, window, rawWindow)
        return try enter(prototype, window: window, rawWindow: rawWindow)
    }

    /// The first registers that no frame uses.
    func freeWindow() -> (UnsafeMutablePointer<Value>, UnsafeMutablePointer<Int>) {
        guard depth > 0 else { return (values, raws) }
        let frame = frames[depth - 1]
        let block = frame.block.pointee
        return (frame.values + block.valueCount + 1, frame.raws + block.rawCount + 1)
    }

    static func unbox(_ value: Value, _ kind: RawKind) throws -> Int {
        switch (kind, value) {
        case (.int, .int(let value)): return value
        case (.bool, .bool(let value)): return value ? 1 : 0
        case (.double, .double(let value)): return Int(bitPattern: UInt(value.bitPattern))
        case (.double, .int(let value)): return Int(bitPattern: UInt(Double(value).bitPattern))
        case (_, .void):
            throw missing
        default:
            let expected =
                switch kind {
                case .int: "Int"
                case .double: "Double"
                case .bool: "Bool"
                }
            throw RuntimeFault(
                .type, "expected \(expected), got \(value.dynamicType) \(value.shortText)")
        }
    }

    static func box(_ raw: Int, _ kind: RawKind) -> Value {
        switch kind {
        case .int: .int(raw)
        case .bool: .bool(raw != 0)
        case .double: .double(Double(bitPattern: UInt64(bitPattern: Int64(raw))))
        }
    }
}
