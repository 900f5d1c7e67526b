import SwiftSyntax

/// A variable, constant or parameter of a function, or of a block at the top level.
final class Variable {
    let name: String
    var type: ScriptType
    let isConstant: Bool
    /// The function that declares it, which lives as long as its code; it holds its parameters.
    private(set) weak var context: FunctionContext?
    let span: Span
    /// Whether a function inside uses it.
    var isCaptured = false
    /// Declared without a value, which one assignment gives it.
    var isDeferred = false
    /// Whether an assignment that gives it its value was met.
    var isAssigned = false
    var isInOut = false
    /// Declared as `Any`, of which is known that nothing is known.
    var isAny = false
    var isUsed = false
    var register: Int32 = -1

    init(
        _ name: String, _ type: ScriptType, isConstant: Bool, in context: FunctionContext,
        span: Span
    ) {
        self.name = name
        self.type = type
        self.isConstant = isConstant
        self.context = context
        self.span = span
    }

    /// Whether it lives in a cell that closures share.
    var isShared: Bool { isCaptured && (!isConstant || isDeferred) && !isInOut }
    var isRaw: Bool { type.isRaw && !isShared && !isInOut }
}

/// A variable at the top level of a cell; it outlives its cell.
final class Global {
    let name: String
    let type: ScriptType
    let isConstant: Bool
    /// Declared as `Any`, of which is known that nothing is known.
    var isAny = false
    var isDeferred = false
    /// Whether an assignment that gives it its value was met.
    var isAssigned = false
    var isInitialized = false
    let boxed: UnsafeMutablePointer<Value>
    let raw: UnsafeMutablePointer<Int>
    /// Gives a static property its value where it is first used.
    var initializer: FunctionDeclaration?
    /// The cell that declared it.
    var cell = ""

    init(_ name: String, _ type: ScriptType, isConstant: Bool) {
        self.name = name
        self.type = type
        self.isConstant = isConstant
        boxed = .allocate(capacity: 1)
        boxed.initialize(to: .void)
        raw = .allocate(capacity: 1)
        raw.initialize(to: 0)
    }

    deinit {
        boxed.deinitialize(count: 1)
        boxed.deallocate()
        raw.deallocate()
    }

    var isRaw: Bool { type.isRaw }

    var value: Value {
        switch type {
        case .int: .int(raw.pointee)
        case .bool: .bool(raw.pointee != 0)
        case .double: .double(Double(bitPattern: UInt64(bitPattern: Int64(raw.pointee))))
        default: boxed.pointee
        }
    }
}

/// What is being compiled into one prototype: a function, a closure or a cell.
final class FunctionContext {
    let name: String
    let parent: FunctionContext?
    var parameters: [Variable] = []
    var captures: [Variable] = []
    var result: ScriptType
    var body: [Stmt] = []
    let prototype: Prototype
    let isTopLevel: Bool
    var isClosure = false
    /// Types of the `return`s of a closure whose result is inferred.
    var returned: [Expr] = []
    var infersResult = false
    var selfVariable: Variable?
    /// An initializer, which returns `self`.
    var isInitializer = false
    /// An initializer that leaves the work to another one.
    var isDelegating = false
    /// Whether it declares a variable without a value.
    var declaresDeferred = false
    /// Observed properties that are set here without a call of their observers.
    var quietProperties: Set<String> = []
    var span = Span.none

    init(name: String, parent: FunctionContext?, result: ScriptType, isTopLevel: Bool = false) {
        self.name = name
        self.parent = parent
        self.result = result
        self.isTopLevel = isTopLevel
        prototype = Prototype(name: name)
    }

    func capture(_ variable: Variable) {
        var context = self
        while context !== variable.context {
            if !context.captures.contains(where: { $0 === variable }) {
                context.captures.append(variable)
            }
            guard let parent = context.parent else { return }
            context = parent
        }
    }
}

/// A default of a parameter before it is checked.
struct UncheckedDefault {
    let syntax: ExprSyntax
    /// The function that gives it.
    let function: FunctionDeclaration
    let scope: Scope
}

/// A function a script declares.
final class FunctionDeclaration {
    let name: String
    var parameters: [Parameter] = []
    /// The expressions of the parameters' defaults.
    var defaults: [Expr?] = []
    /// Defaults that wait to be checked, with the functions that give them.
    var uncheckedDefaults: [Int: UncheckedDefault] = [:]
    var result: ScriptType = .void
    let context: FunctionContext
    var owner: DeclaredTypeInfo?
    var isMutating = false
    var isStatic = false
    var isPrivate = false
    /// Whether it is the getter or setter of a property or subscript.
    var isAccessor = false
    /// What sets the variable of a cell that this computes.
    var setter: FunctionDeclaration?
    /// What of other cells and of this one it was checked against, by name.
    var dependencies: [String: AnyObject] = [:]
    /// Holds the closure of a local function that captures.
    var variable: Variable?
    var documentation = ""
    /// Whether a call may leave its result unused.
    var isDiscardable = false

    init(name: String, context: FunctionContext) {
        self.name = name
        self.context = context
    }

    var functionType: ScriptType {
        let types = parameters.map {
            $0.isInOut ? ScriptType.oneOf("inout", [$0.declaredType]) : $0.declaredType
        }
        return .function(types, result)
    }
    var hasInOut: Bool { isMutating || parameters.contains(where: \.isInOut) }

    /// Where a boxed result arrives in the callee's window.
    var resultSlot: Int { hasInOut ? context.parameters.count + context.captures.count : 0 }

    var signature: String {
        let list = parameters.map(\.description).joined(separator: ", ")
        return "\(name)(\(list))" + (result == .void ? "" : " -> \(result)")
    }
}

extension Parameter {
    /// The type of the variable inside the function: an array for a variadic one.
    var declaredType: ScriptType { style == .single ? type : .array(type) }
}
