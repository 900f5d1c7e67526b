import Tensors

/// A tensor that a layer owns: a weight that training changes, or a buffer such as a running mean.
///
/// A reference: the layer, the optimizer and whoever inspects the model see one value. The first
/// value is drawn when it is first needed, from a seed fixed when the parameter was made, so that
/// making a big model costs nothing and `seed(_:)` still decides its weights.
public final class Parameter: CustomStringConvertible {
    /// Who changes a parameter: the optimizer or the layer.
    public enum Kind: Sendable {
        /// Changed by gradient steps.
        case weight
        /// Kept and saved with the weights, changed by the layer itself.
        case buffer
    }

    /// Only a `.weight` gets gradients and is counted in `parameterCount`.
    public let kind: Kind
    /// The sizes of its axes, which values set later must have too; `[]` for a scalar.
    public let shape: [Int]
    /// float32 but for counters.
    public let dtype: DType
    private var initializer: Initializer
    private var seed: UInt64
    private var stored: Tensor? { didSet { version &+= 1 } }
    /// Whether the value is, or will be, what the initialiser drew.
    private var isAsDrawn = true
    /// Another number whenever the value may have changed.
    private(set) var version = 0
    var modelInfo: ModelInfo?

    /// A parameter of the given shape whose first value comes from `initializer`.
    ///
    /// Throws where the shape does not fit into memory or the initialiser has no values for it.
    public init(
        _ shape: [Int], _ initializer: Initializer, kind: Kind = .weight, dtype: DType = .float32
    ) throws {
        self.kind = kind
        self.shape = shape
        self.dtype = dtype
        self.initializer = initializer
        try Self.requireRoom(for: shape)
        try initializer.validate(for: shape)
        seed = initializer.isRandom ? Context.current.generator.next() : 0
    }

    /// A parameter that begins with a value.
    ///
    ///     let scale = try Parameter(Tensor.ones([16, 1, 1]))
    public convenience init(_ value: Tensor, kind: Kind = .weight) throws {
        try self.init(value.shape, .constant(0), kind: kind, dtype: value.dtype)
        try setValue(value)
    }

    private init(copying other: Parameter) {
        kind = other.kind
        shape = other.shape
        dtype = other.dtype
        initializer = other.initializer
        seed = other.seed
        modelInfo = other.modelInfo
        isTrainable = other.isTrainable
        isAsDrawn = other.isAsDrawn
        if let value = other.stored { store(value) }
    }

    /// A parameter of its own with the same value.
    public func copy() -> Parameter { Parameter(copying: self) }

    /// The parameter with its shape: `Parameter([16, 1, 1])`.
    public var description: String { "Parameter(\(shape))" }

    /// The number of elements.
    public var count: Int { shape.reduce(1, *) }

    /// The present value. Where memory does not suffice to hold it, a tensor without elements to
    /// read; `value(for:)` says so by throwing. Assigning a tensor of another shape stops a compiled
    /// program; `setValue(_:)` throws.
    public var value: Tensor {
        get { (try? materialized()) ?? .symbolic(TensorSpec(shape, dtype)) }
        set { trapping { try setValue(newValue) } }
    }

    /// Starts again from a value that `initializer` gives, drawn when it is next needed; the gradient
    /// is forgotten.
    ///
    /// Throws where the initialiser has no values for the shape.
    public func initialize(_ initializer: Initializer) throws {
        try initializer.validate(for: shape)
        self.initializer = initializer
        seed = initializer.isRandom ? Context.current.generator.next() : 0
        stored = nil
        isAsDrawn = true
    }

    /// What the value was drawn from; `nil` where it has been changed or assigned since.
    package var origin: UInt64? { isAsDrawn ? seed : nil }

    /// Starts again from the value that the initialiser draws from another parameter's `origin`.
    package func restart(from origin: UInt64) {
        seed = origin
        stored = nil
        isAsDrawn = true
    }

    /// Gives the parameter another value, which must have its shape and becomes its dtype.
    public func setValue(_ value: Tensor) throws {
        guard value.shape == shape, !value.isSymbolic else {
            throw TensorError(
                .shape, "Parameter", "the value does not fit", expected: "elements of \(shape)",
                got: value.isSymbolic ? "a shape without elements" : "\(value.shape)")
        }
        store(value.dtype == dtype ? value : try value.detached().cast(to: dtype))
        isAsDrawn = false
    }

    /// The value as a computation on `input` needs it: shape alone where `input` is symbolic.
    public func value(for input: Tensor) throws -> Tensor {
        if input.isSymbolic { return .symbolicParameter(TensorSpec(shape, dtype)) }
        return try materialized()
    }

    /// The present value; throws where there is no room for it.
    func current() throws -> Tensor { try materialized() }

    /// Whether gradient steps change it, and for a buffer whether its layer does.
    public var isTrainable = true {
        didSet { stored?.requiresGradient = isTrainable && kind == .weight }
    }

    /// The gradient that `backward()` left here, if any.
    public var gradient: Tensor? { stored?.gradient }

    /// Forgets the gradient.
    public func zeroGradient() { stored?.clearGradient() }

    /// Replaces the gradient by one of the same shape, as clipping does.
    public func setGradient(_ gradient: Tensor?) throws { try materialized().setGradient(gradient) }

    /// Gives the value to an in-place update, which `body` does without a second reference to the
    /// storage being held here.
    package func update(_ body: (inout Tensor) throws -> Void) throws {
        var value = try materialized()
        stored = nil
        isAsDrawn = false
        defer { stored = value }
        try body(&value)
    }

    private static func requireRoom(for shape: [Int]) throws {
        var bytes = MemoryLayout<Float>.size
        for size in shape {
            let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
            bytes = overflow ? .max : product
        }
        guard bytes <= Memory.budget else {
            throw TensorError(
                .memory, "Parameter", "no room for shape \(shape)",
                expected: "at most \(Memory.budget) bytes",
                got: bytes == .max ? "more than an Int counts" : "\(bytes)")
        }
    }

    private func materialized() throws -> Tensor {
        if let stored { return stored }
        store(try initializer.values(shape: shape, seed: seed, dtype: dtype))
        return stored ?? .symbolic(TensorSpec(shape, dtype))
    }

    private func store(_ value: Tensor) {
        let value = value.detached()
        value.requiresGradient = isTrainable && kind == .weight
        stored = value
    }
}
