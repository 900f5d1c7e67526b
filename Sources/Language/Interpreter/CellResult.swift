import Hosting

/// What front ends and errors call a piece of source.
public struct CellName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let description: String
    public init(_ name: String) { description = name }
    public init(stringLiteral name: String) { description = name }
    /// `In [3]`.
    public static func cell(_ number: Int) -> CellName { CellName("In [\(number)]") }
}

/// What a cell that ran to its end leaves: the value of its last expression, if any.
public struct CellResult {
    /// `nil` where the cell ends with a declaration, an assignment, a `Void` value or a `;`.
    public let value: Value?
    /// The type of the value as the checker knows it.
    let type: ScriptType
    /// Things worth saying that are no errors, such as a function that keeps an earlier name.
    public let warnings: [String]

    /// The type of the value, such as `[Int]`.
    public var typeName: String { type.description }

    /// The forms of the value: its text and, for foreign values that are `Displayable`, theirs.
    public func display() throws -> MIMEBundle? {
        guard let value else { return nil }
        return try value.mimeBundle()
    }
}
