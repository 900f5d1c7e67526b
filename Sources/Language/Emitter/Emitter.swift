/// Turns one checked function into a prototype: registers for its variables, code for its body.
final class Emitter {
    let context: FunctionContext
    let prototype: Prototype
    let interpreter: Interpreter
    let stack = StackGuard()
    var code: [Instruction] = []
    var spans: [Span] = []
    var span = Span.none
    var nextRaw: Int32 = 0
    var nextValue: Int32 = 0
    private var constantIndex: [Value: Int32] = [:]
    private var rawConstantIndex: [Int: Int32] = [:]
    private var globalIndex: [ObjectIdentifier: Int32] = [:]
    var loops: [Loop] = []
    /// What must run or be popped when control leaves the blocks around, innermost last.
    var exits: [Exit] = []
    /// Where `?.` jumps to when there is nothing.
    var chainExits: [[Int]] = []
    /// Deferred statements of the blocks around whose error paths are still to be written.
    var defers: [(handler: Int, register: Int32, body: [Stmt])] = []
    /// Jumps of `fallthrough` to the next case of a switch.
    var fallthroughJumps: [Int] = []
    /// Whether a pattern fills the variables of an earlier pattern of its case.
    var isAlternative = false
    /// The array that a builder block appends to.
    var collector: Int32 = -1

    struct Loop {
        let label: LoopLabel
        let exitDepth: Int
        var breaks: [Int] = []
        var continues: [Int] = []
    }

    enum Exit {
        case deferred([Stmt])
        case handler
    }

    init(_ context: FunctionContext, source: SourceText, interpreter: Interpreter) {
        self.context = context
        self.interpreter = interpreter
        prototype = context.prototype
        prototype.source = source
    }

    func compile(_ body: [Stmt], declaration: FunctionDeclaration?) throws(ScriptError) {
        span = context.span
        let body = sharingInOut(body)
        layOutParameters()
        try initializeSelf(declaration)
        try block(body)
        finish(declaration)
        prototype.code = code
        prototype.spans = spans
        prototype.resultKind = RawKind(context.result)
        prototype.functionType = .function(
            context.parameters.map(\.type), context.result)
        prototype.keepsParameters =
            declaration?.hasInOut ?? context.parameters.contains(where: \.isInOut)
        prototype.resultSlot =
            prototype.keepsParameters ? context.parameters.count + context.captures.count : 0
        prototype.valueCount = max(
            prototype.valueCount, prototype.resultSlot + (prototype.resultSlot > 0 ? 1 : 0))
        prototype.seal()
    }

    /// An `inout` parameter that closures capture lives in a cell they share while the call lasts;
    /// what the cell then holds goes back to the parameter however the call ends.
    private func sharingInOut(_ body: [Stmt]) -> [Stmt] {
        var prologue: [Stmt] = []
        for (index, shared) in context.parameters.enumerated()
        where shared.isInOut && shared.isCaptured {
            let place = shared.span
            let parameter = Variable(
                shared.name, shared.type, isConstant: false, in: context, span: place)
            parameter.isInOut = true
            shared.isInOut = false
            context.parameters[index] = parameter
            let back = Expr(
                .assign(
                    Place(.local(parameter), type: shared.type, span: place),
                    Expr(.local(shared), shared.type, place)),
                .void, place)
            prologue.append(
                Stmt(
                    .declare(.local(shared), Expr(.local(parameter), shared.type, place)), place))
            prologue.append(Stmt(.defer([Stmt(.expression(back), place)]), place))
        }
        return prologue + body
    }

    /// Parameters take the first registers, in order; captures come after them.
    private func layOutParameters() {
        for (index, parameter) in context.parameters.enumerated() {
            let kind = parameter.isInOut ? nil : RawKind(parameter.type)
            prototype.parameterKinds.append(kind)
            prototype.parameterTypes.append(parameter.type)
            parameter.register = Int32(index)
        }
        let count = Int32(context.parameters.count)
        nextRaw = context.parameters.isEmpty ? 0 : count
        prototype.rawCount = Int(nextRaw)
        let needsValues =
            !context.captures.isEmpty || prototype.parameterKinds.contains { $0 == nil }
        nextValue = needsValues ? count + Int32(context.captures.count) : 0
        if context.parameters.contains(where: \.isInOut) { nextValue = max(nextValue, count) + 1 }
        prototype.valueCount = Int(nextValue)
        for parameter in context.parameters where parameter.isShared {
            // A parameter is shared only where it is a constant that is never shared; kept for safety.
            emit(.makeCell, parameter.register)
        }
    }

    private func initializeSelf(_ declaration: FunctionDeclaration?) throws(ScriptError) {
        guard context.isInitializer, let own = context.selfVariable, let info = declaration?.owner
        else { return }
        own.register = newValue()
        if context.isDelegating {
            emit(.clear, own.register)
            if own.isShared { emit(.makeCell, own.register) }
            return
        }
        let fields = newValues(info.type.fields.count)
        for (index, value) in info.fieldDefaults.enumerated() {
            if let value {
                try self.value(value, into: fields + Int32(index))
            } else {
                emit(.clear, fields + Int32(index))
            }
        }
        emit(
            .construct, own.register, fields, declaredType(info.type))
        if own.isShared { emit(.makeCell, own.register) }
    }

    private func finish(_ declaration: FunctionDeclaration?) {
        if context.isInitializer, let own = context.selfVariable {
            returnSelf(own)
        } else {
            emit(.returnVoid)
        }
    }

    func returnSelf(_ own: Variable) {
        var register = own.register
        if own.isShared {
            register = newValue()
            emit(.loadCell, register, own.register)
        }
        if case .optional = context.result { emit(.wrap, register, register) }
        emit(.returnValue, register)
    }

    // MARK: Code

    @discardableResult
    func emit(_ opcode: Opcode, _ a: Int32 = 0, _ b: Int32 = 0, _ c: Int32 = 0, x: UInt8 = 0) -> Int
    {
        code.append(Instruction(opcode: opcode, x: x, a: a, b: b, c: c))
        spans.append(span)
        return code.count - 1
    }

    var position: Int { code.count }

    /// Makes a jump emitted earlier arrive here.
    func land(_ jump: Int) { code[jump].c = Int32(code.count - jump - 1) }

    func land(_ jumps: [Int]) { for jump in jumps { land(jump) } }

    func jumpBack(to target: Int) { emit(.loop, 0, 0, Int32(target - code.count - 1)) }

    // MARK: Registers

    func newRaw() -> Int32 {
        let register = nextRaw
        nextRaw += 1
        prototype.rawCount = max(prototype.rawCount, Int(nextRaw))
        return register
    }

    func newValue() -> Int32 { newValues(1) }

    func newValues(_ count: Int) -> Int32 {
        let register = nextValue
        nextValue += Int32(count)
        prototype.valueCount = max(prototype.valueCount, Int(nextValue))
        return register
    }

    /// Gives back the registers that a piece of code took, except when it declared variables.
    @discardableResult
    func scratch<R>(_ body: () throws(ScriptError) -> R) throws(ScriptError) -> R {
        let saved = (nextRaw, nextValue)
        defer { (nextRaw, nextValue) = saved }
        return try body()
    }

    // MARK: Tables

    func constant(_ value: Value) -> Int32 {
        // Values that compare equal may still print differently inside, so only plain ones are shared.
        let isPlain: Bool =
            switch value {
            case .string, .void, .none, .bool, .int, .character: true
            default: false
            }
        if isPlain, let known = constantIndex[value] { return known }
        let pointer = UnsafeMutablePointer<Value>.allocate(capacity: 1)
        pointer.initialize(to: value)
        prototype.constants.append(pointer)
        prototype.table.append(pointer)
        let operand = ~Int32(prototype.table.count - 1)
        if isPlain { constantIndex[value] = operand }
        return operand
    }

    func rawConstant(_ bits: Int) -> Int32 {
        if let known = rawConstantIndex[bits] { return known }
        prototype.rawConstants.append(bits)
        let index = Int32(prototype.rawConstants.count - 1)
        rawConstantIndex[bits] = index
        return index
    }

    /// The operand of a boxed global, or the index of an unboxed one.
    func global(_ global: Global) -> Int32 {
        if let known = globalIndex[ObjectIdentifier(global)] { return known }
        prototype.globals.append(global)
        let index: Int32
        if global.isRaw {
            prototype.rawTable.append(global.raw)
            index = Int32(prototype.rawTable.count - 1)
        } else {
            prototype.table.append(global.boxed)
            index = ~Int32(prototype.table.count - 1)
        }
        globalIndex[ObjectIdentifier(global)] = index
        return index
    }

    /// As `global`, after seeing to it that a static property has its value.
    func reached(_ global: Global) -> Int32 {
        if let initializer = global.initializer, !global.isInitialized,
            initializer.context !== context
        {
            emit(.once, globalMark(global), callee(initializer.context.prototype))
        }
        return self.global(global)
    }

    func globalMark(_ global: Global) -> Int32 {
        _ = self.global(global)
        return Int32(prototype.globals.firstIndex { $0 === global } ?? 0)
    }

    func callee(_ callee: Prototype) -> Int32 {
        if let index = prototype.callees.firstIndex(where: { $0 === callee }) {
            return Int32(index)
        }
        prototype.callees.append(callee)
        prototype.captureSources.append([])
        return Int32(prototype.callees.count - 1)
    }

    func native(_ binding: Binding) -> Int32 {
        prototype.natives.append(binding)
        return Int32(prototype.natives.count - 1)
    }

    func type(_ type: ScriptType) -> Int32 {
        if let index = prototype.types.firstIndex(of: type) { return Int32(index) }
        prototype.types.append(type)
        return Int32(prototype.types.count - 1)
    }

    func declaredType(_ type: DeclaredType) -> Int32 {
        if let index = prototype.declaredTypes.firstIndex(where: { $0 === type }) {
            return Int32(index)
        }
        prototype.declaredTypes.append(type)
        return Int32(prototype.declaredTypes.count - 1)
    }

    func path(_ path: Path) -> Int32 {
        prototype.paths.append(path)
        return Int32(prototype.paths.count - 1)
    }

    /// The register of a variable of this function or of one it captures.
    func register(of variable: Variable) -> Int32 {
        if variable.context === context { return variable.register }
        let index = context.captures.firstIndex { $0 === variable } ?? 0
        return Int32(context.parameters.count + index)
    }

    /// Whether a variable is read from an unboxed register here.
    func isRaw(_ variable: Variable) -> Bool { variable.isRaw && variable.context === context }

    /// A number as an instruction holds it beside its operands.
    func byte(_ number: Int, _ what: String, _ span: Span) throws(ScriptError) -> UInt8 {
        if let byte = UInt8(exactly: number) { return byte }
        throw ScriptError(
            .unsupported, "\(what) is not part of this language",
            at: prototype.source?.location(Int(span.offset), length: Int(span.length)))
    }

    func tooDeep(_ span: Span) -> ScriptError {
        ScriptError(
            .syntax, "this is nested too deeply to be compiled",
            at: prototype.source?.location(Int(span.offset), length: Int(span.length)))
    }
}
