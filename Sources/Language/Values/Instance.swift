import Hosting

/// What an instance knows besides its stored properties.
public struct InstanceHeader {
    let type: DeclaredType
    let count: Int
}

/// A value of a structure declared by a script: one allocation that holds its stored properties.
public final class Instance: ManagedBuffer<InstanceHeader, Value> {
    /// An instance with the given stored properties in the order of their declaration.
    @inline(__always)
    static func make(_ type: DeclaredType, _ fields: some Collection<Value>) -> Instance {
        let count = fields.count
        return make(type, count) { target in
            var position = target
            for field in fields {
                position.initialize(to: field)
                position += 1
            }
        }
    }

    /// An instance whose stored properties a function initialises, all of them.
    @inline(__always)
    static func make(
        _ type: DeclaredType, _ count: Int, _ fill: (UnsafeMutablePointer<Value>) -> Void
    ) -> Instance {
        let buffer = create(minimumCapacity: count) { _ in InstanceHeader(type: type, count: count)
        }
        buffer.withUnsafeMutablePointerToElements(fill)
        return unsafeDowncast(buffer, to: Instance.self)
    }

    deinit {
        withUnsafeMutablePointers { header, elements in
            _ = elements.deinitialize(count: header.pointee.count)
        }
    }

    /// An instance of its own with the same stored properties.
    func copy() -> Instance {
        withUnsafeMutablePointers { header, elements in
            Instance.make(header.pointee.type, header.pointee.count) {
                $0.initialize(from: elements, count: header.pointee.count)
            }
        }
    }

    var type: DeclaredType {
        @inline(__always) get { withUnsafeMutablePointerToHeader { $0.pointee.type } }
    }

    /// A stored property, by its position in the declaration.
    subscript(index: Int) -> Value {
        @inline(__always) get { withUnsafeMutablePointerToElements { $0[index] } }
        @inline(__always) set { withUnsafeMutablePointerToElements { $0[index] = newValue } }
    }

    /// Where the stored properties stand while the instance lives.
    var elements: UnsafeMutablePointer<Value> {
        @inline(__always) get { withUnsafeMutablePointerToElements { $0 } }
    }

    /// Its stored properties, copied.
    var fields: [Value] {
        withUnsafeMutablePointers { header, elements in
            Array(UnsafeBufferPointer(start: elements, count: header.pointee.count))
        }
    }

    /// The name of its type.
    public var typeName: String { type.name }

    /// Its stored properties in the order of declaration.
    public var properties: [(name: String, value: Value)] {
        zip(type.fields, fields).map { ($0.label, $1) }
    }

    /// Whether its type conforms to a type of the library or to one of Swift's protocols.
    public func conforms(to name: String) -> Bool { type.conformances.contains(name) }

    /// What its type's own `description` says; `nil` where it declares none.
    public var ownDescription: String? {
        guard let text = type.textDescription, case .compiled = text.body else { return nil }
        return Value.structure(self).debugText
    }

    /// Calls the method by which its type conforms to the library's type `name`.
    ///
    ///     let output = try instance.call(for: "Layer", [input.scriptValue])
    ///
    /// - Throws: What the method fails with; `ScriptError(from:)` tells it. `TypeError` where the
    ///   type does not conform.
    public func call(for name: String, _ arguments: [Value]) throws -> Value {
        guard let witness = type.witnesses[name] else {
            throw RuntimeFault(.type, "\(type.name) does not conform to \(name)")
        }
        return try witness.call([.structure(self)] + arguments)
    }

    /// The same with what `change` makes of the value of each stored property.
    public func mapProperties(_ change: (Value) throws -> Value) rethrows -> Instance {
        Instance.make(type, try fields.map(change))
    }
}

/// A value of an enumeration declared by a script.
public final class EnumValue {
    let type: DeclaredType
    let index: Int
    private(set) var payload: [Value]

    init(type: DeclaredType, index: Int, payload: [Value] = []) {
        self.type = type
        self.index = index
        self.payload = payload
    }

    /// A long list of values that hold each other is let go of link by link: the native stack
    /// would not hold as many calls.
    deinit {
        guard payload.contains(where: \.mayHoldEnumeration) else { return }
        var links: [EnumValue] = []
        EnumValue.collect(payload, into: &links)
        payload = []
        while var link = links.popLast() {
            guard isKnownUniquelyReferenced(&link) else { continue }
            EnumValue.collect(link.payload, into: &links)
            link.payload = []
        }
    }

    /// Adds the links that `values` hold: themselves, in optionals, arrays and structures.
    private static func collect(_ values: [Value], into links: inout [EnumValue]) {
        for value in values where value.mayHoldEnumeration {
            switch value {
            case .enumeration(let link): links.append(link)
            case .some(let inner): collect([inner], into: &links)
            case .array(let elements) where elements.first?.mayHoldEnumeration == true:
                collect(elements, into: &links)
            case .structure(let instance): collect(instance.fields, into: &links)
            default: break
            }
        }
    }

    /// The name of its case.
    public var caseName: String { type.cases[index].name }

    /// Whether one value stands before another as Swift orders them: by case, then by what they hold.
    static func precedes(_ a: EnumValue, _ b: EnumValue) throws -> Bool {
        guard a.index == b.index else { return a.index < b.index }
        for (x, y) in zip(a.payload, b.payload) where x != y { return try Builtins.less(x, y) }
        return false
    }
}

extension Value {
    /// Whether letting go of it may let go of a chain of enumerations.
    fileprivate var mayHoldEnumeration: Bool {
        switch self {
        case .enumeration(let value): !value.payload.isEmpty
        case .some, .array, .structure: true
        default: false
        }
    }
}

/// A structure or enumeration of a script: what the machine needs to know of it.
final class DeclaredType {
    struct Field {
        let name: String
        var type: ScriptType
        let isConstant: Bool
        var hasDefault = false

        /// Whether it is observed without a look at what it was, so that it may change in place.
        var changesInPlace = false

        /// What Swift puts before the name where it keeps the value of a lazy property.
        static let lazyPrefix = "$__lazy_storage_$_"
        /// The label of its argument when an instance is made.
        var label: String {
            name.hasPrefix(Self.lazyPrefix) ? String(name.dropFirst(Self.lazyPrefix.count)) : name
        }
    }
    struct Case {
        let name: String
        let payload: [Parameter]
        var rawValue: Value?
        /// Whether it may hold values of its own type.
        var isIndirect = false
    }

    let name: String
    /// The name with those of the types around it.
    var qualifiedName: String
    let id: Int
    let isEnumeration: Bool
    var fields: [Field] = []
    var cases: [Case] = []
    var conformances: Set<String> = []
    /// Operators a script wrote for it, used where values meet inside the library.
    var equals: ScriptFunction?
    var less: ScriptFunction?
    /// A script's own `hash(into:)`.
    var hashing: ScriptFunction?
    var textDescription: ScriptFunction?
    /// The forms of its values, where it conforms to a type of the library that has some.
    var forms: ((Value) throws -> MIMEBundle?)?
    /// The methods by which it conforms to types of the library, by those types' names.
    var witnesses: [String: ScriptFunction] = [:]

    init(name: String, id: Int, isEnumeration: Bool) {
        self.name = name
        qualifiedName = name
        self.id = id
        self.isEnumeration = isEnumeration
    }

    /// Whether it is Comparable without a `<` of its own.
    var ordersByCase: Bool {
        isEnumeration && less == nil && conformances.contains("Comparable")
    }

    var scriptType: ScriptType { .declared(name, id: id) }
    func fieldIndex(_ name: String) -> Int? { fields.firstIndex { $0.name == name } }
}
