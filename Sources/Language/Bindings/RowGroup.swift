/// Rows that stand under one heading of the reference.
public struct RowGroup: Sendable {
    public let title: String
    public let rows: [Binding]

    public init(title: String, rows: [Binding]) {
        self.title = title
        self.rows = rows
    }
}

/// What the language itself offers, for the reference.
public enum BuiltinNames {
    /// The rows of every program's names in the order of the reference.
    public static var groups: [RowGroup] { Builtins.groups }

    /// The types those rows belong to, each with what it is.
    public static let types: [(name: String, summary: String)] = [
        ("Int", "A whole number of 64 bits; a result beyond them is an error."),
        ("Double", "A number of 64 bits with about 16 digits."),
        ("Float", "A number of 32 bits with about 7 digits."),
        ("FloatingPointRoundingRule", "Which whole number rounding goes to."),
        ("Bool", "True or false."),
        ("String", "A text."),
        ("Substring", "A part of a text."),
        ("String.Index", "A place in a text."),
        ("Character", "One character of a text."),
        ("CharacterSet", "Characters of one kind."),
        ("Array", "Values in order, named by their positions from 0."),
        ("ArraySlice", "A part of an array, whose positions are those of the array."),
        ("NestedArray", "An array of arrays."),
        ("Dictionary", "Values named by keys."),
        ("Set", "Values without order, each once."),
        ("Range", "The numbers, or the places, between two ends."),
        ("Optional", "A value or nil."),
        ("LazySequence", "A sequence whose elements are made when they are asked for."),
        ("UnfoldSequence", "Elements of which each is made from the one before."),
        ("IndexingIterator", "What goes through a sequence, one element a call."),
        (Builtins.hasher.name, Builtins.hasher.summary),
        (Builtins.displayHandle.name, Builtins.displayHandle.summary),
    ]
}
