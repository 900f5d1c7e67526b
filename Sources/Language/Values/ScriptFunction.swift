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

    init(name: String, type: ScriptType, body: Body, machine: Machine?) {
        self.name = name
        self.type = type
        self.body = body
        self.machine = machine
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
