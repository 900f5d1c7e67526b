/// One name the language sees: everything a call, a signature, completion, documentation and an
/// error text need to know about it stands in this row.
public struct Binding: @unchecked Sendable {
    // Invariant: rows are immutable, and their closures run on the interpreter's thread alone.

    /// What a row declares and, for members, the type it belongs to.
    public enum Kind: Hashable, Sendable {
        case function
        case initializer(of: String)
        case method(of: String)
        case property(of: String, settable: Bool)
        case staticMethod(of: String)
        case staticProperty(of: String)
        /// A value with a name of its own.
        case constant
        case `operator`
        case `subscript`(of: String, settable: Bool)
    }

    /// How the machine runs a row. Members take their base first.
    enum Implementation {
        case call(([Value]) throws -> Value)
        case mutating((inout Value, [Value]) throws -> Value)
    }

    public let name: String
    public let kind: Kind
    public let parameters: [Parameter]
    public let result: ScriptType
    public let summary: String
    /// A call that runs, shown by inspection and the reference.
    public let example: String
    let implementation: Implementation
    /// The same on unboxed registers, for rows on numbers that loops call.
    typealias RawBody = (UnsafePointer<Int>) throws -> Int
    private(set) var rawBody: RawBody?
    /// Whether a cell that ends with a call shows nothing.
    private(set) var isDiscardable = false
    /// Sets a property or an element: base, new value, indices.
    let setter: ((inout Value, Value, [Value]) throws -> Void)?

    init(
        name: String, kind: Kind, parameters: [Parameter], result: ScriptType, summary: String,
        example: String, implementation: Implementation,
        setter: ((inout Value, Value, [Value]) throws -> Void)? = nil
    ) {
        self.name = name
        self.kind = kind
        self.parameters = parameters
        self.result = result
        self.summary = summary
        self.example = example
        self.implementation = implementation
        self.setter = setter
    }

    /// This row with a body that takes its numbers, base first, as the bits in registers.
    func unboxed(_ body: @escaping RawBody) -> Binding {
        var row = self
        row.rawBody = body
        return row
    }

    /// This row with a result that a cell does not show when it ends with the call.
    func discardable() -> Binding {
        var row = self
        row.isDiscardable = true
        return row
    }

    /// The type a member belongs to; `nil` for functions and operators.
    public var owner: String? {
        switch kind {
        case .function, .operator, .constant: nil
        case .initializer(let owner), .method(let owner), .property(let owner, _),
            .staticMethod(let owner), .staticProperty(let owner), .subscript(let owner, _):
            owner
        }
    }

    /// Whether calling it changes its base.
    public var isMutating: Bool {
        if case .mutating = implementation { true } else { false }
    }

    /// The declaration as Swift writes it: `conv2d(_ input: Tensor, stride: IntOrPair = 1) -> Tensor`.
    public var signature: String {
        let list = parameters.map(\.description).joined(separator: ", ")
        let returned = result == .void ? "" : " -> \(result)"
        switch kind {
        case .property, .staticProperty, .constant: return "\(name): \(result)"
        case .initializer(let owner): return "\(owner)(\(list))"
        case .subscript: return "subscript(\(list))\(returned)"
        default: return "\(name)(\(list))\(returned)"
        }
    }
}

extension Binding {
    /// A free function.
    public static func function<each A: ScriptConvertible, R: ScriptConvertible>(
        _ name: String, _ arguments: repeat Argument<each A>, summary: String = "",
        example: String = "", call: @escaping (repeat each A) throws -> R
    ) -> Binding {
        row(name, .function, repeat each arguments, summary: summary, example: example, call: call)
    }

    /// A free function that returns nothing.
    public static func procedure<each A: ScriptConvertible>(
        _ name: String, _ arguments: repeat Argument<each A>, summary: String = "",
        example: String = "", call: @escaping (repeat each A) throws -> Void
    ) -> Binding {
        row(name, .function, repeat each arguments, summary: summary, example: example) {
            (values: repeat each A) -> Nothing in
            try call(repeat each values)
            return Nothing()
        }
    }

    /// An initializer: `Type(...)` calls it.
    public static func initializer<each A: ScriptConvertible, R: ScriptConvertible>(
        of type: R.Type, _ arguments: repeat Argument<each A>, summary: String = "",
        example: String = "", call: @escaping (repeat each A) throws -> R
    ) -> Binding {
        row(
            "init", .initializer(of: R.scriptType.memberTable), repeat each arguments,
            summary: summary, example: example, call: call)
    }

    /// A function of a type: `Tensor.zeros([2, 3])`.
    public static func staticMethod<
        T: ScriptConvertible, each A: ScriptConvertible, R: ScriptConvertible
    >(
        _ name: String, of type: T.Type, _ arguments: repeat Argument<each A>, summary: String = "",
        example: String = "", call: @escaping (repeat each A) throws -> R
    ) -> Binding {
        row(
            name, .staticMethod(of: T.scriptType.memberTable), repeat each arguments,
            summary: summary, example: example, call: call)
    }

    /// A value of a type: `.float32`, `.same`, `Double.pi`.
    public static func staticProperty<T: ScriptConvertible, R: ScriptConvertible>(
        _ name: String, of type: T.Type, summary: String = "", example: String = "",
        get: @escaping () throws -> R
    ) -> Binding {
        Binding(
            name: name, kind: .staticProperty(of: T.scriptType.memberTable), parameters: [],
            result: R.scriptType, summary: summary, example: example,
            implementation: .call { _ in try get().scriptValue })
    }

    /// A value with a name of its own, which a script may declare anew.
    public static func constant<R: ScriptConvertible>(
        _ name: String, summary: String = "", example: String = "", _ value: R
    ) -> Binding {
        Binding(
            name: name, kind: .constant, parameters: [], result: R.scriptType, summary: summary,
            example: example, implementation: .call { _ in value.scriptValue })
    }

    /// An operator; the number of its arguments says whether it is a prefix one.
    public static func `operator`<each A: ScriptConvertible, R: ScriptConvertible>(
        _ name: String, _ arguments: repeat Argument<each A>, summary: String = "",
        example: String = "", call: @escaping (repeat each A) throws -> R
    ) -> Binding {
        row(name, .operator, repeat each arguments, summary: summary, example: example, call: call)
    }

    private static func row<each A: ScriptConvertible, R: ScriptConvertible>(
        _ name: String, _ kind: Kind, _ arguments: repeat Argument<each A>, summary: String,
        example: String, call: @escaping (repeat each A) throws -> R
    ) -> Binding {
        var parameters: [Parameter] = []
        repeat parameters.append((each arguments).parameter)
        let fixed = parameters
        return Binding(
            name: name, kind: kind, parameters: fixed, result: R.scriptType, summary: summary,
            example: example,
            implementation: .call { values in
                var reader = ArgumentReader(values, of: name, parameters: fixed)
                return try call(repeat try reader.next((each A).self)).scriptValue
            })
    }
}

/// Hands the values of a call to a Swift closure one after another, converted and checked.
struct ArgumentReader {
    private let values: [Value]
    private let callee: String
    private let parameters: [Parameter]
    private var index: Int

    init(_ values: [Value], of callee: String, parameters: [Parameter], from index: Int = 0) {
        self.values = values
        self.callee = callee
        self.parameters = parameters
        self.index = index
    }

    mutating func next<T: ScriptConvertible>(_ type: T.Type) throws -> T {
        guard index < values.count else {
            throw RuntimeFault(.type, "\(callee): an argument is missing")
        }
        do {
            let value = try T.argument(values[index])
            index += 1
            return value
        } catch {
            throw mismatch(T.scriptType)
        }
    }

    private func mismatch(_ expected: ScriptType) -> RuntimeFault {
        let parameter = index - (values.count - parameters.count)
        let name = parameter >= 0 ? parameters[parameter].name : "self"
        let value = values[index]
        return RuntimeFault(
            .type,
            "\(callee): \(name) should be \(expected), got \(value.dynamicType) \(value.shortText)")
    }
}
