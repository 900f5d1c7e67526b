/// Whether a source is ready to run.
public enum Completeness: Sendable {
    case complete
    /// More lines are needed; `indent` is what the next one starts with.
    case incomplete(indent: String)
    /// No further line would make it right.
    case invalid(ScriptError)
}

/// What can be written at a place.
public struct Completions: Sendable {
    public struct Item: Hashable, Sendable {
        /// What replaces the range.
        public var text: String
        /// `function`, `variable`, `property`, `method`, `type`, `label`, `keyword`, `case` or `key`.
        public var kind: String
        /// The declaration, such as `reshaped(_ shape: Int...) -> Tensor`; may be empty.
        public var signature: String
        public var summary: String
    }

    public var items: [Item]
    /// The stretch of source that an item replaces, in UTF-8 offsets.
    public var replacing: Range<Int>
    /// The beginning of a text among a call's arguments, which may name a file; front ends add the
    /// files there are.
    public var path: String?
}

/// What is known about the name at a place.
public struct Inspection: Sendable {
    public var name: String
    /// One line for each declaration of that name.
    public var signatures: [String]
    public var type: String
    /// The text of the variable's value; `nil` where it is no variable.
    public var value: String?
    public var documentation: String
    public var example: String
}
