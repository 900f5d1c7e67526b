/// One value in the several forms a front end may show: a MIME type for each, `text/plain` always.
///
/// Order is preference order of the producer, richest last, as notebooks list them.
public struct MIMEBundle: Sendable, Equatable {
    /// What one form holds: text, bytes or JSON, as its MIME type asks.
    public enum Content: Sendable, Equatable {
        /// Text of a textual type (`text/plain`, `text/html`, `image/svg+xml`, `text/markdown`).
        case text(String)
        /// Bytes of a binary type (`image/png`, `image/jpeg`).
        case bytes([UInt8])
        /// One serialised JSON value, for `application/json` and every `+json` type.
        case json(String)
    }

    /// One form of the value.
    public struct Item: Sendable, Equatable {
        /// The MIME type, such as `image/png`.
        public var type: String
        /// What is shown by a front end that knows the type.
        public var content: Content
    }

    /// All forms, the plain one first and the richest last.
    public private(set) var items: [Item]

    /// A bundle whose plain form is `plain`.
    public init(plain: String) {
        items = [Item(type: "text/plain", content: .text(plain))]
    }

    /// The plain form, which every bundle has.
    public var plain: String {
        if case .text(let text)? = self["text/plain"] { return text }
        return ""
    }

    /// The form of the given type; setting `nil` removes it.
    public subscript(type: String) -> Content? {
        get { items.first { $0.type == type }?.content }
        set {
            let index = items.firstIndex { $0.type == type }
            switch (index, newValue) {
            case (let index?, let content?): items[index].content = content
            case (let index?, nil): items.remove(at: index)
            case (nil, let content?): items.append(Item(type: type, content: content))
            case (nil, nil): break
            }
        }
    }
}

/// A value that can show itself richly. Whatever does not conform is shown as its text.
public protocol Displayable {
    /// The forms of this value; `text/plain` is required, the rest is welcome.
    func mimeBundle() throws -> MIMEBundle
}

/// A value several of which are shown as one: pictures as a sheet, tensors as a table.
public protocol CollectionDisplayable: Displayable {
    /// The forms of at least one value, each with a name that may be empty.
    static func mimeBundle(of values: [(name: String, value: Self)]) throws -> MIMEBundle
}

extension MIMEBundle {
    /// The forms of any value: its own, those of the elements of an array or dictionary together
    /// where they have such, else its text.
    public init(showing value: Any) throws {
        if let value = value as? any Displayable {
            self = try value.mimeBundle()
        } else if let values = value as? [Any],
            let bundle = try MIMEBundle(together: values.map { ("", $0) })
        {
            self = bundle
        } else if let values = value as? [String: Any],
            let bundle = try MIMEBundle(
                together: values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        {
            self = bundle
        } else {
            self.init(plain: String(describing: value))
        }
    }

    /// The forms of several values as one; `nil` unless all are of one type that has such forms.
    public init?(together values: [(name: String, value: Any)]) throws {
        guard let first = values.first?.value as? any CollectionDisplayable,
            let bundle = try Self.together(first, values)
        else { return nil }
        self = bundle
    }

    private static func together<T: CollectionDisplayable>(
        _: T, _ values: [(name: String, value: Any)]
    ) throws -> MIMEBundle? {
        var typed: [(name: String, value: T)] = []
        for (name, value) in values {
            guard let value = value as? T else { return nil }
            typed.append((name, value))
        }
        return try T.mimeBundle(of: typed)
    }
}
