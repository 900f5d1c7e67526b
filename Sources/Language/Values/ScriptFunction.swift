/// A function or closure as a value. Host code calls it with `call`.
public final class ScriptFunction: ScriptConvertible {
    enum Body {
        case compiled(Prototype, captures: [Value])
        case native(([Value]) throws -> Value)
    }

    public let name: String
    let body: Body
    let machine: Machine?
    let type: ScriptType
    /// What the machine runs, and the variables it brings along; none for a native function.
    let code: UnsafeMutablePointer<CodeBlock>?
    let captures: [Value]
    /// The operator this is as a value, as in `reduce(0, +)`.
    let operation: BinaryOperator?

    init(
        name: String, type: ScriptType, body: Body, machine: Machine?,
        operation: BinaryOperator? = nil
    ) {
        self.operation = operation
        self.name = name
        self.type = type
        self.body = body
        self.machine = machine
        if case .compiled(let prototype, let captures) = body {
            code = prototype.block
            self.captures = captures
        } else {
            code = nil
            captures = []
        }
    }

    /// Runs it with one argument, as `call([argument])` does.
    @inline(__always)
    func call(_ argument: Value) throws -> Value {
        guard let code, let machine, code.pointee.parameterCount == 1 else {
            return try call([argument])
        }
        return try machine.run(self, code) { $0[0] = argument }
    }

    /// Runs it with two arguments.
    @inline(__always)
    func call(_ first: Value, _ second: Value) throws -> Value {
        guard let code, let machine, code.pointee.parameterCount == 2 else {
            return try call([first, second])
        }
        return try machine.run(self, code) {
            $0[0] = first
            $0[1] = second
        }
    }

    /// Runs it with the given arguments and returns its value.
    ///
    /// - Throws: An error that `ScriptError(from:)` reads where the script fails or is interrupted.
    public func call(_ arguments: [Value]) throws -> Value {
        switch body {
        case .native(let function): return try function(arguments)
        case .compiled(let prototype, let captures):
            guard let machine else { return .void }
            return try machine.reenter(prototype, captures: captures, arguments: arguments)
        }
    }

    public static var scriptType: ScriptType { .function([], .any) }
    public static func fromScript(_ value: Value) -> ScriptFunction? {
        if case .function(let function) = value { function } else { nil }
    }
    public var scriptValue: Value { .function(self) }
}
