/// A value of the language while a program runs.
///
/// Values have Swift's value semantics: arrays, dictionaries, strings and structures are copied on
/// write, functions and foreign classes are shared.
public enum Value {
    /// `()`.
    case void
    /// `nil`.
    case none
    case bool(Bool)
    case int(Int)
    case double(Double)
    case float(Float)
    case string(String)
    case character(Character)
    /// An optional that holds a value.
    indirect case some(Value)
    case array([Value])
    /// Part of an array, with the array's indices.
    indirect case slice(ArraySlice<Value>)
    /// Part of a text, with the text's indices.
    indirect case substring(Substring)
    /// A place in a text.
    indirect case index(String.Index)
    case dictionary([Value: Value])
    case set(Set<Value>)
    case tuple(ScriptTuple)
    indirect case range(ScriptRange)
    case function(ScriptFunction)
    case structure(Instance)
    case enumeration(EnumValue)
    /// A type as a value, such as `Int.self`.
    indirect case type(ScriptType)
    /// A value of the host program.
    case object(ForeignObject)
    /// A variable shared by closures. Machine-internal: no binding ever receives one.
    case cell(Cell)
    /// The state of a loop. Machine-internal, too.
    case iterator(ScriptIterator)
}

/// A variable that closures share. Only the machine makes and reads these.
public final class Cell: ManagedBuffer<Void, Value> {
    static func make(_ value: Value) -> Cell {
        let buffer = create(minimumCapacity: 1) { _ in () }
        buffer.withUnsafeMutablePointerToElements { $0.initialize(to: value) }
        return unsafeDowncast(buffer, to: Cell.self)
    }

    deinit { withUnsafeMutablePointerToElements { _ = $0.deinitialize(count: 1) } }

    /// Where the variable stands while the cell lives.
    var place: UnsafeMutablePointer<Value> {
        @inline(__always) get { withUnsafeMutablePointerToElements { $0 } }
    }

    var value: Value {
        @inline(__always) get { place.pointee }
        @inline(__always) set { place.pointee = newValue }
    }
}

/// A tuple and the labels of its elements.
public final class ScriptTuple {
    public let elements: [Value]
    /// One entry an element, empty where it has no label.
    public let labels: [String]

    public init(_ elements: [Value], labels: [String] = []) {
        self.elements = elements
        self.labels = labels.isEmpty ? Array(repeating: "", count: elements.count) : labels
    }
}

/// A range, whole or one-sided: `0..<3`, `0...3`, `2...`, `..<3`, `...3` and `...`.
public struct ScriptRange: Hashable {
    public var lower: Value?
    public var upper: Value?
    /// Whether the upper bound belongs to the range; always false where there is none.
    public var isClosed: Bool

    public init(lower: Value?, upper: Value?, isClosed: Bool) {
        self.lower = lower
        self.upper = upper
        self.isClosed = isClosed
    }

    /// The range of integers this is inside a collection of `count` elements, checked.
    ///
    /// - Throws: `IndexError` where a bound is outside `0...count` or not an `Int`.
    public func resolved(count: Int) throws -> Range<Int> {
        var low = 0
        var high = count
        if let lower {
            guard case .int(let value) = lower else { throw notIntegers }
            low = value
        }
        if let upper {
            guard case .int(let value) = upper else { throw notIntegers }
            high = isClosed ? value &+ 1 : value
            if isClosed && value == Int.max { throw notIntegers }
        }
        guard low >= 0, high <= count, low <= high else {
            throw RuntimeFault(
                .index, "range \(Value.range(self)) is out of bounds: there are \(count) elements")
        }
        return low..<high
    }

    /// The range of indices this is inside a slice, checked.
    func resolved(in slice: ArraySlice<Value>) throws -> Range<Int> {
        let low: Value = lower ?? .int(slice.startIndex)
        guard case .int(let start) = low else { throw notIntegers }
        var end = slice.endIndex
        if let upper {
            guard case .int(let value) = upper, value < .max else { throw notIntegers }
            end = isClosed ? value + 1 : value
        }
        guard start >= slice.startIndex, end <= slice.endIndex, start <= end else {
            throw RuntimeFault(
                .index,
                "range \(Value.range(self)) is out of bounds: this slice has the indices "
                    + "\(slice.startIndex)..<\(slice.endIndex) of its array")
        }
        return start..<end
    }

    /// The range of indices this is inside a text, checked.
    func resolved(in text: Substring) throws -> Range<String.Index> {
        var (start, end) = (text.startIndex, text.endIndex)
        if let lower {
            guard case .index(let index) = lower else { throw notTextIndices }
            start = index
        }
        if let upper {
            guard case .index(let index) = upper else { throw notTextIndices }
            end = index
        }
        guard start >= text.startIndex, end <= text.endIndex, start <= end,
            !isClosed || end < text.endIndex
        else {
            throw RuntimeFault(
                .index, "these indices are outside \(Value.substring(text).shortText)")
        }
        return start..<(isClosed ? text.index(after: end) : end)
    }

    private var notTextIndices: RuntimeFault {
        RuntimeFault(
            .type, "a text is cut by its indices, got \(Value.range(self))",
            suggestion: "write text.prefix(n), text.dropFirst(n), "
                + "or text.index(text.startIndex, offsetBy: n)")
    }

    private var notIntegers: RuntimeFault {
        RuntimeFault(.index, "a slice needs a range of Int, got \(Value.range(self))")
    }
}

/// A value of the host program held by the language.
///
/// A settable property or subscript of a value type first makes its own copy where the object is
/// shared, so that foreign structs keep value semantics.
public final class ForeignObject {
    /// The name of its `ForeignType`.
    public let typeName: String
    public internal(set) var base: Any
    /// How it prints where its `ForeignType` says so; the machine fills it in.
    var describe: ((Any) -> String)?

    public init(_ base: Any, typeName: String) {
        self.base = base
        self.typeName = typeName
    }
}
