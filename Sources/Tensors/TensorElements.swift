/// Numbers, or arrays of them nested as deep as the tensor has axes.
public protocol TensorElements {
    /// The type tensors of these elements have unless told otherwise: bool for booleans, float32
    /// for every number.
    static var defaultDType: DType { get }
    /// Hands all numbers to the collector in row-major order; `depth` arrays lie around this value.
    func collect(into collector: inout ElementCollector, depth: Int) throws
}

extension Array: TensorElements where Element: TensorElements {
    public static var defaultDType: DType { Element.defaultDType }

    public func collect(into collector: inout ElementCollector, depth: Int) throws {
        try collector.enter(depth: depth, count: count)
        for element in self { try element.collect(into: &collector, depth: depth + 1) }
    }
}

/// Gathers nested elements and checks that they form a box.
public struct ElementCollector {
    fileprivate var shape: [Int] = []
    fileprivate var reals: [Double] = []
    fileprivate var integers: [Int64] = []
    private var leafDepth: Int?

    fileprivate mutating func enter(depth: Int, count: Int) throws {
        if depth == shape.count, leafDepth == nil {
            shape.append(count)
        } else if depth >= shape.count || shape[depth] != count {
            throw TensorError(
                .shape, "Tensor", "nested arrays differ in length at depth \(depth)",
                expected: depth < shape.count ? "\(shape[depth])" : "numbers", got: "\(count)")
        }
    }

    /// Takes one number inside `depth` arrays; throws where others lie at another depth.
    public mutating func append(_ scalar: some TensorScalar, depth: Int) throws {
        guard depth == leafDepth ?? depth, depth == shape.count else {
            throw TensorError(
                .shape, "Tensor", "numbers at different depths", expected: "depth \(shape.count)",
                got: "depth \(depth)")
        }
        leafDepth = depth
        reals.append(scalar.tensorReal)
        integers.append(scalar.tensorInteger)
    }
}

extension TensorElements where Self: TensorScalar {
    public static var defaultDType: DType { dtype == .bool ? .bool : .float32 }

    public func collect(into collector: inout ElementCollector, depth: Int) throws {
        try collector.append(self, depth: depth)
    }
}

extension Float: TensorElements {}
extension Double: TensorElements {}
extension Int: TensorElements {}
extension Int32: TensorElements {}
extension Int64: TensorElements {}
extension UInt8: TensorElements {}
extension Bool: TensorElements {}

extension Tensor {
    /// A tensor from nested arrays; float32 whatever the literals are, unless `dtype` says
    /// otherwise or the elements are booleans.
    ///
    ///     try Tensor([[1, 2], [3, 4]])
    ///     try Tensor([1, 2], dtype: .int32)
    public init<E: TensorElements>(_ elements: E, dtype: DType? = nil) throws {
        var collector = ElementCollector()
        try elements.collect(into: &collector, depth: 0)
        let dtype = dtype ?? E.defaultDType
        let all: Tensor
        if dtype.isFloatingPoint {
            all = try Tensor(collector.reals, shape: collector.shape).cast(to: dtype)
        } else {
            all = try Tensor(collector.integers, shape: collector.shape).cast(to: dtype)
        }
        self = all
    }
}
