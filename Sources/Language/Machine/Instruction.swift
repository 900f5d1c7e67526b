/// What one instruction does. `r` is an unboxed register, `v` a boxed one; a negative `v` operand
/// names an entry of the prototype's table (a constant or a global) instead of a register.
enum Opcode: UInt8 {
    // Moves
    case moveRaw  // r[a] = r[b]
    case move  // v[a] = v[b]
    case take  // v[a] = v[b], v[b] = void
    case put  // v[a] = v[b], v[b] = void; also runs while unwinding
    case clear  // v[a] = void
    case loadImmediate  // r[a] = b
    case loadRaw  // r[a] = rawConstants[b]
    case boxInt, boxDouble, boxBool  // v[a] = r[b]
    case unboxInt, unboxDouble, unboxBool  // r[a] = v[b]
    case loadGlobalRaw, storeGlobalRaw  // r[a] <-> global b
    case markGlobal  // global a has its value
    case once  // callees[b], unless global a has its value; then never again
    case makeCell, loadCell, storeCell  // v[a] = cell(v[a]); v[a] = cell v[b]; cell v[a] = v[b]
    // Int
    case addInt, subtractInt, multiplyInt, divideInt, remainderInt
    case addWrapping, subtractWrapping, multiplyWrapping
    case andInt, orInt, xorInt, shiftLeft, shiftRight, powerInt
    case addImmediate, remainderImmediate, multiplyImmediate  // r[a] = r[b] op c
    case negateInt, complementInt
    case equalInt, notEqualInt, lessInt, lessOrEqualInt
    // Double
    case addDouble, subtractDouble, multiplyDouble, divideDouble, remainderDouble, powerDouble
    case negateDouble
    case equalDouble, notEqualDouble, lessDouble, lessOrEqualDouble
    case intToDouble
    case notBool
    // Jumps: target in c, or in a where nothing is tested
    case jump
    case loop
    case jumpIf, jumpIfNot
    case jumpLess, jumpLessOrEqual, jumpEqual, jumpNotEqual
    case jumpGreaterOrEqual, jumpGreater
    case jumpLessImmediate, jumpLessOrEqualImmediate, jumpEqualImmediate, jumpNotEqualImmediate
    case jumpGreaterImmediate, jumpGreaterOrEqualImmediate
    case rangeNext  // r[a] += 1; if r[a] < r[b] jump c, polling
    // Boxed values
    case binary  // v[a] = v[b] op(x) v[c]
    case equalString  // r[a] = v[b] == v[c], x: whether negated
    case jumpText  // jump c if v[a] == v[b], x: or if not
    case compare  // r[a] = v[b] op(x) v[c]
    case negate, complement  // v[a] = op v[b]
    case concatenate  // v[a] = text of v[b ..< b + c]
    case makeArray, makeDictionary  // v[a] from v[b ..< b + c]
    case makeTuple  // v[a] from v[b ..< b + x], labels c
    case makeRange  // v[a] from v[b], v[b + 1], x: 1 lower, 2 upper, 4 closed
    case checkCount  // an error if r[a] to r[b] are too many to collect, x: whether closed
    case makeRangeInt  // v[a] = r[b] ..< r[c], x: whether closed
    case construct  // v[a] = type c of v[b ..< b + x]
    case makeCase  // v[a] = enumeration, site c
    case append  // v[a] (an array) gets v[b]
    case removeLast  // v[a] = last element of v[b], taken out of it
    case popOrNext  // as removeLast, skipping the next instruction; or go on there
    case swapElements  // elements r[b] and r[c] of v[a]
    case appendPlace  // v[a] in place gets v[b] moved
    // Places: table entry a is made to name a part of v[b], until the next call
    case reachElement, ownElement  // element r[c], to read or to change in place
    case reachField, ownField  // stored property c, to read or to change in place
    case reachCell  // the variable in cell v[b]
    case modify  // v[a] op(x)= v[b], for built-in operations alone
    // Elements and members
    case element, elementInt, elementDouble, elementBool  // [a] = v[b][r[c]]
    case setElement, setElementInt, setElementDouble, setElementBool  // v[a][r[b]] = [c]
    case count  // r[a] = v[b].count
    case field, fieldInt, fieldDouble, fieldBool  // [a] = v[b].fields[c]
    case requireValue  // an error where v[a] is void
    case setField, setFieldInt, setFieldDouble, setFieldBool  // v[a].fields[b] = [c]
    case tupleElement  // v[a] = v[b].c
    case lookup  // v[a] = v[b][args at c], x arguments
    case entry  // v[a] = v[b][v[c]] of a dictionary, an optional
    case entryOrNext  // v[a] = inside of v[b][v[c]], skipping the next instruction; or go on there
    case setEntry  // v[a][v[b]] = v[b + 1], moved; x: whether that is the value, not an optional
    case appendEntry  // v[a][v[b], default: v[b + 1]] gets v[b + 2]
    case modifyEntry  // v[a][v[b], default: v[b + 1]] op(x)= v[b + 2], built-in operations alone
    case dynamicMember  // v[a] = v[b].names[c]
    // Calls
    case call  // callees[a], window v + b, r + c
    case callValue  // v[a], window v + b, c arguments
    case callValueInOut  // sites[a]: v[b] with the c - 1 arguments after it, some of them places
    case callNative  // natives[a], arguments at v[b], c of them
    case callHeld  // natives[a] changes v[b], arguments after it, c of them; result in v[b + 1]
    case callRaw  // r[a] = rawFunctions[b] of the registers from r[c]
    case callMutating  // natives[a], place x.. paths, arguments at v[b]
    case callDynamic, callDynamicMutating  // sites[a], arguments at v[b], c of them
    case writeBack  // path a = v[b], moved; also runs while unwinding
    case returnRaw, returnValue, returnVoid
    case makeClosure  // v[a] = closure of callees[b]
    // Optionals and types
    case unwrapOrJump  // v[a] = inside of v[b], or jump c
    case unwrap  // v[a] = inside of v[b], or an error
    case wrap  // v[a] = some(v[b])
    case isType, cast, castForced, convert  // [a] = v[b] as types[c]
    case matches  // r[a] = v[b] ~= v[c]
    case caseIs  // r[a] = v[b] is enum case c
    case payload  // v[a] = payload c of v[b]
    // Places
    case storePath  // path a = v[b]
    case modifyPath  // path a op(x)= v[b]
    case takePath  // v[a] = path b, leaving void
    case readPath  // v[a] = path b
    // Iteration
    case makeIterator  // v[a] = iterator of v[b], its address in r[c]
    case next  // v[b] = next of the iterator at r[a], or jump c
    case nextPair  // v[b], v[b + 1] = next of the iterator at r[a], or jump c
    case strideBegin  // numbers r[a] to r[a + 1] by r[a + 2], x: whether closed; jump c if none
    case strideNext  // r[a] += r[a + 2]; jump c if r[a + 1] steps are left, polling
    // Errors and results
    case `throw`  // v[a]
    case rethrow  // the error kept in v[a]
    case pushHandler  // jump c with the error in v[a]
    case popHandler
    case caught  // v[a] = the error in v[b] as a script sees it
    case setResult  // v[a]
}

/// One step of the machine.
struct Instruction {
    var opcode: Opcode
    var x: UInt8 = 0
    var a: Int32 = 0
    var b: Int32 = 0
    var c: Int32 = 0
}

/// How a compiled function takes an argument or gives its result.
enum RawKind: UInt8 {
    case int, double, bool

    init?(_ type: ScriptType) {
        switch type {
        case .int: self = .int
        case .double: self = .double
        case .bool: self = .bool
        default: return nil
        }
    }
}

/// The compiled form of one function, closure or cell.
final class Prototype {
    let name: String
    var source: SourceText?
    var code: [Instruction] = []
    var spans: [Span] = []
    var rawCount = 0
    var valueCount = 0
    var parameterKinds: [RawKind?] = []
    var parameterTypes: [ScriptType] = []
    var resultSlot = 0
    var keepsParameters = false
    var resultKind: RawKind?
    var functionType: ScriptType = .any
    var rawConstants: [Int] = []
    /// Constants that the table points to; kept so that they live.
    var constants: [UnsafeMutablePointer<Value>] = []
    var globals: [Global] = []
    var table: [UnsafeMutablePointer<Value>] = []
    var rawTable: [UnsafeMutablePointer<Int>] = []
    var callees: [Prototype] = []
    var natives: [Binding] = []
    var rawFunctions: [Binding.RawBody] = []
    var sites: [CallSite] = []
    var types: [ScriptType] = []
    var declaredTypes: [DeclaredType] = []
    var labels: [[String]] = []
    var names: [String] = []
    var paths: [Path] = []
    /// For each closure made here: which registers its captures are copied from.
    var captureSources: [[Int32]] = []
    /// Set by `seal`; exists from the start, so that callers can refer to it.
    let block: UnsafeMutablePointer<CodeBlock>

    init(name: String) {
        self.name = name
        block = .allocate(capacity: 1)
        block.initialize(to: CodeBlock())
        block.pointee.prototype = Unmanaged.passUnretained(self)
    }

    /// Copies the code to where the machine runs it.
    func seal() {
        block.pointee.code = Self.copy(code)
        block.pointee.table = Self.copy(table)
        block.pointee.rawTable = Self.copy(rawTable)
        block.pointee.rawConstants = Self.copy(rawConstants)
        block.pointee.callees = Self.copy(callees.map(\.block))
        block.pointee.rawCount = rawCount
        block.pointee.valueCount = valueCount
        block.pointee.resultSlot = resultSlot
        block.pointee.keptValues = keepsParameters ? parameterKinds.count : 0
        block.pointee.parameterCount = parameterKinds.count
        block.pointee.parameterKinds = Self.copy(
            parameterKinds.map { $0?.rawValue ?? CodeBlock.boxedParameter })
        block.pointee.hasRawParameters = parameterKinds.contains { $0 != nil }
        block.pointee.natives = Self.copy(natives.map(\.implementation))
        block.pointee.nativeCount = natives.count
        block.pointee.rawFunctions = Self.copy(rawFunctions)
        block.pointee.rawFunctionCount = rawFunctions.count
        code = []
    }

    private static func copy<T>(_ values: [T]) -> UnsafeMutablePointer<T> {
        let pointer = UnsafeMutablePointer<T>.allocate(capacity: max(1, values.count))
        pointer.initialize(from: values, count: values.count)
        return pointer
    }

    deinit {
        block.pointee.code?.deallocate()
        block.pointee.table?.deallocate()
        block.pointee.rawTable?.deallocate()
        block.pointee.rawConstants?.deallocate()
        block.pointee.callees?.deallocate()
        block.pointee.parameterKinds?.deallocate()
        block.pointee.natives?.deinitialize(count: block.pointee.nativeCount)
        block.pointee.natives?.deallocate()
        block.pointee.rawFunctions?.deinitialize(count: block.pointee.rawFunctionCount)
        block.pointee.rawFunctions?.deallocate()
        block.deallocate()
        for constant in constants {
            constant.deinitialize(count: 1)
            constant.deallocate()
        }
    }
}

/// What the machine's loop reads of a prototype, free of reference counting.
struct CodeBlock {
    var code: UnsafeMutablePointer<Instruction>!
    var table: UnsafeMutablePointer<UnsafeMutablePointer<Value>>!
    var rawTable: UnsafeMutablePointer<UnsafeMutablePointer<Int>>!
    var rawConstants: UnsafeMutablePointer<Int>!
    var callees: UnsafeMutablePointer<UnsafeMutablePointer<CodeBlock>>!
    var rawCount = 0
    var valueCount = 0
    var resultSlot = 0
    /// Boxed registers that a return leaves alone: parameters the caller writes back.
    var keptValues = 0
    var parameterCount = 0
    /// For each parameter the raw value of its `RawKind`, or `boxedParameter`.
    var parameterKinds: UnsafeMutablePointer<UInt8>!
    static let boxedParameter: UInt8 = 255
    /// Whether any parameter arrives unboxed.
    var hasRawParameters = false
    /// What the rows of the prototype run, without the rows around it.
    var natives: UnsafeMutablePointer<Binding.Implementation>!
    var nativeCount = 0
    var rawFunctions: UnsafeMutablePointer<Binding.RawBody>!
    var rawFunctionCount = 0
    var prototype: Unmanaged<Prototype>!
}

/// A call whose callee is found when the program runs.
struct CallSite {
    let call: DynamicCall
    /// Whether the first argument is the base of a member.
    let isMember: Bool
    var path = -1
    var native = -1
    /// The arguments that are places: the way to each and its position.
    var changed: [(path: Int, index: Int)] = []
}

/// A compiled place: where it starts and the way into it.
struct Path {
    enum Root {
        case value(Int32)
        case cell(Int32)
        case raw(Int32, RawKind)
        case globalRaw(Global)
    }
    enum Step {
        case field(Int)
        case tupleElement(Int)
        /// An index in a boxed register.
        case element(Int32)
        case lookup(Int32, default: Int32?)
        case unwrap
        case property(Binding)
        case `subscript`(Binding, Int32, Int32)
        case computed(Accessors)
        /// A field, set by a function; `inPlace` where that does not look at the old value.
        case observed(Int, Prototype, inPlace: Bool)
        case dynamic(String)
        case dynamicSubscript(Int32, Int32, [String?])
    }
    /// The functions behind a computed property or a subscript, and where its indices are.
    struct Accessors {
        let getter: Prototype
        let setter: Prototype?
        let first: Int32
        let count: Int32
        let isStatic: Bool
        /// Whether reading changes the base.
        let isMutating: Bool
    }
    let root: Root
    let steps: [Step]
}
