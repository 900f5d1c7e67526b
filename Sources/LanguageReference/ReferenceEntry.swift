import Language

/// One name of the reference: the rows that share it, and where they belong.
struct ReferenceEntry: Equatable {
    /// What a page is called: `conv2d`, `Tensor.reshaped`.
    let title: String
    /// The page's file without its ending; no two names have the same, whatever the case of letters.
    let file: String
    /// What stands above the title: `Function`, `Method`.
    let heading: String
    private(set) var rows: [Binding]
    /// The types the name belongs to; several for a built-in member that many sequences have.
    private(set) var owners: [String]

    /// The entry of a row that is no initializer: those stand on their type's page.
    init(_ row: Binding) {
        rows = [row]
        owners = row.owner.map { [$0] } ?? []
        title = owners.first.map { "\($0).\(row.name)" } ?? row.name
        switch row.kind {
        case .function: (file, heading) = ("function-\(row.name)", "Function")
        case .constant: (file, heading) = ("value-\(row.name)", "Value")
        case .operator:
            (file, heading) = ("operator-\(Self.spelled(row.name))", "Operator")
        case .method(let owner), .initializer(let owner):
            (file, heading) = (Self.file(row.name, of: owner), "Method")
        case .staticMethod(let owner):
            (file, heading) = (Self.file(row.name, of: owner), "Type Method")
        case .property(let owner, _):
            (file, heading) = (Self.file(row.name, of: owner), "Property")
        case .staticProperty(let owner):
            (file, heading) = (Self.file(row.name, of: owner), "Type Property")
        case .subscript(let owner, _):
            (file, heading) = (Self.file(row.name, of: owner), "Subscript")
        }
    }

    mutating func add(_ row: Binding) { rows.append(row) }

    /// Takes the owners of an entry that says the same of other types.
    mutating func share(with other: ReferenceEntry) { owners += other.owners }

    static func == (a: ReferenceEntry, b: ReferenceEntry) -> Bool { a.file == b.file }

    /// What two entries have in common that one page can serve.
    var content: [String] { rows.flatMap { [$0.signature, $0.summary, $0.example] } }

    private static func file(_ name: String, of owner: String) -> String {
        "\(ReferenceType.file(owner))-\(name)"
    }

    /// An operator in words, for a file's name.
    private static func spelled(_ name: String) -> String {
        let words: [Character: String] = [
            "+": "plus", "-": "minus", "*": "times", "/": "divided", "%": "remainder",
            "<": "less", ">": "greater", "=": "equals", "!": "not", "&": "and", "|": "or",
            "^": "xor", "~": "tilde", "?": "question", ".": "dot", "•": "bullet",
        ]
        return name.map { words[$0] ?? String($0) }.joined(separator: "-")
    }
}

/// A type of the reference, with the initializers that stand on its page.
struct ReferenceType {
    let name: String
    let summary: String
    /// The types whose members it has too.
    let conformsTo: [String]
    /// The method by which a struct of a script conforms to it.
    let requirement: String?
    var initializers: [Binding] = []

    var file: String { Self.file(name) }
    var heading: String { requirement == nil ? "Type" : "Protocol" }

    init(_ type: ForeignType) {
        name = type.name
        summary = type.summary
        conformsTo = type.conformsTo
        requirement = type.requirement?.signature
    }

    init(name: String, summary: String) {
        self.name = name
        self.summary = summary
        conformsTo = []
        requirement = nil
    }

    static func file(_ name: String) -> String {
        name.split(separator: ".").joined()
    }
}
