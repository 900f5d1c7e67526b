/// A checked expression: names resolved, types settled as far as they are known.
final class Expr {
    indirect enum Kind {
        case int(Int)
        case double(Double)
        case bool(Bool)
        case constant(Value)
        case interpolation([Expr])
        case local(Variable)
        case global(Global)
        case binary(BinaryOperator, Expr, Expr)
        case negate(Expr)
        case not(Expr)
        case complement(Expr)
        case and(Expr, Expr)
        case or(Expr, Expr)
        case ternary(Expr, Expr, Expr)
        case coalesce(Expr, Expr)
        case intToDouble(Expr)
        /// An unboxed value as a boxed one.
        case box(Expr)
        /// A value whose type is checked, or which is adapted, when the program runs.
        case convert(Expr)
        case wrap(Expr)
        case array([Expr])
        case dictionary([(Expr, Expr)])
        case tuple([Expr], [String])
        case range(Expr?, Expr?, isClosed: Bool)
        case element(Expr, Expr)
        case lookup(Expr, [Argument])
        case field(Expr, Int)
        case tupleElement(Expr, Int)
        case dynamicMember(Expr, String)
        case call(FunctionDeclaration, [Expr])
        /// A call with places for `inout` parameters; the first may be `self`.
        case callInOut(FunctionDeclaration, [CallArgument])
        case callValue(Expr, [Expr])
        /// A call of a function value with places for its `inout` parameters.
        case callValueInOut(Expr, [CallArgument])
        case callNative(Binding, [Expr])
        case callMutating(Binding, Place, [Expr])
        case callDynamic(DynamicCall, Expr?, [Expr])
        /// As `callDynamic` for a method that may change its base.
        case callDynamicMutating(DynamicCall, Place, [Expr])
        case construct(DeclaredType, [Expr])
        case enumCase(DeclaredType, Int, [Expr])
        case closure(FunctionContext)
        case function(FunctionDeclaration)
        case unwrap(Expr)
        case chain(Expr)
        case chainLink(Expr)
        case isType(Expr, ScriptType)
        case cast(Expr, ScriptType, isForced: Bool)
        case builder([Stmt])
        case assign(Place, Expr)
        case compound(Place, BinaryOperator, Expr)
        case block([Stmt], result: Variable?)
        case readPlace(Place)
        case type(ScriptType)
    }

    struct Argument {
        let label: String?
        let value: Expr
    }

    var kind: Kind
    var type: ScriptType
    let span: Span
    /// Whether this is built of number literals alone and can still take another number type.
    var isFlexible = false

    init(_ kind: Kind, _ type: ScriptType, _ span: Span) {
        self.kind = kind
        self.type = type
        self.span = span
    }
}

/// An argument of a call: a value, or a place that the callee changes.
enum CallArgument {
    case value(Expr)
    case place(Place)
}

/// What a call looks like whose callee is found when the program runs.
final class DynamicCall {
    let name: String
    let labels: [String?]
    let hasTrailingClosure: Bool
    init(name: String, labels: [String?], hasTrailingClosure: Bool) {
        self.name = name
        self.labels = labels
        self.hasTrailingClosure = hasTrailingClosure
    }
}

/// Something that can be assigned to: a variable and the way into it.
final class Place {
    enum Root {
        case local(Variable)
        case global(Global)
        /// A value nobody names; changes to it are lost, which only classes of the host see.
        case value(Expr)
    }

    enum Step {
        case field(Int)
        case tupleElement(Int)
        case element(Expr)
        case lookup(Expr, default: Expr?)
        case unwrap
        /// As `unwrap`, but leaves the statement where there is nothing.
        case chain
        case property(Binding)
        case `subscript`(Binding, [Expr])
        case computed(FunctionDeclaration, FunctionDeclaration?, [Expr])
        /// A stored property set by a function; `inPlace` where that needs no look at the old value.
        case observed(Int, FunctionDeclaration, inPlace: Bool)
        case dynamic(String)
        case dynamicSubscript([Expr], [String?])
    }

    let root: Root
    var steps: [Step]
    var type: ScriptType
    let span: Span
    /// Why it cannot change, and what to do about it.
    var refusal: (message: String, suggestion: String?)?

    init(_ root: Root, steps: [Step] = [], type: ScriptType, span: Span) {
        self.root = root
        self.steps = steps
        self.type = type
        self.span = span
    }

    /// Whether the way to it is computed: an index, a key.
    var computesIndices: Bool {
        if case .value = root { return true }
        return steps.contains { step in
            switch step {
            case .field, .tupleElement, .unwrap, .property, .dynamic, .observed: false
            case .computed(_, _, let arguments): !arguments.isEmpty
            default: true
            }
        }
    }

    func appending(_ step: Step, type: ScriptType, span: Span) -> Place {
        let place = Place(root, steps: steps + [step], type: type, span: span)
        place.refusal = refusal
        return place
    }
}
