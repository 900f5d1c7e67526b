/// A JSON value that loses nothing a notebook file may hold: integers of any length, floating-point
/// numbers apart from them, and members in the order they came.
public indirect enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The decimal digits of an integer, with `-` before a negative one.
    case integer(String)
    case double(Double)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

extension JSON {
    /// The text of a string value; `nil` for anything else.
    public var text: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// The elements of an array; `nil` for anything else.
    public var elements: [JSON]? {
        if case .array(let elements) = self { return elements }
        return nil
    }

    /// The members of an object; `nil` for anything else.
    public var members: JSONObject? {
        if case .object(let members) = self { return members }
        return nil
    }

    /// The value of an integer that fits; `nil` for anything else.
    public var int: Int? {
        if case .integer(let digits) = self { return Int(digits) }
        return nil
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .integer(String(value)) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }

    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(elements))
    }
}

/// The members of a JSON object in the order they came. Names are compared by their code points, as
/// JSON has it, and not by canonical equivalence, as `String` does.
public struct JSONObject: Sendable, Equatable {
    public struct Member: Sendable, Equatable {
        public var name: String
        public var value: JSON
    }

    public private(set) var members: [Member] = []

    public init() {}

    /// The value of a name; setting `nil` removes it. Takes time in proportion to the members.
    public subscript(name: String) -> JSON? {
        get { position(of: name).map { members[$0].value } }
        set {
            switch (position(of: name), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Equal members in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count
            && left.members.allSatisfy { right[$0.name] == $0.value }
    }

    fileprivate init(_ elements: [(String, JSON)]) {
        for (name, value) in elements { self[name] = value }
    }

    private func position(of name: String) -> Int? {
        members.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }
}
