import Hosting
import Language

/// Writes the reference's pages as DocC articles.
struct PageWriter {
    private let outputs: (String) throws -> [MIMEBundle]
    /// The pages that a type's page lists: its members, and what gives values of it.
    private let members: [String: [ReferenceEntry]]
    private let makers: [String: [ReferenceEntry]]
    private let typeFiles: [String: String]
    /// Pictures that examples put out, by the names of their files.
    private(set) var pictures: [String: [UInt8]] = [:]
    /// What an example gave, for the pages that share it.
    private var ran: [String: String] = [:]

    init(
        entries: [ReferenceEntry], types: [ReferenceType],
        outputs: @escaping (String) throws -> [MIMEBundle]
    ) {
        self.outputs = outputs
        var members: [String: [ReferenceEntry]] = [:]
        for entry in entries {
            for owner in entry.owners { members[owner, default: []].append(entry) }
        }
        self.members = members
        var makers: [String: [ReferenceEntry]] = [:]
        for entry in entries {
            for name in Set(entry.rows.flatMap { Self.words(in: $0.result) }) {
                makers[name, default: []].append(entry)
            }
        }
        self.makers = makers
        typeFiles = Dictionary(uniqueKeysWithValues: types.map { ($0.name, $0.file) })
    }

    // MARK: Contents

    /// The first page: what the language is, the headings, and the types that stand below none of them.
    static func contents(_ titles: [String], types: [String]) -> String {
        """
        # The Swift Vision Language

        @Metadata {
            @TechnologyRoot
        }

        Every name that a notebook, the prompt and a script know.

        Swift's syntax, evaluated cell by cell: tensors, layers, images, training and what explains
        them. A page says how a name is declared, what it does, and shows an example with what it
        gives; all examples are run when this reference is made.

        ```swift
        let model = Sequential {
            Conv2d(1, 6, kernel: 5, padding: 2); ReLU(); MaxPool2d(2)
            Flatten(); Linear(1176, 10)
        }
        model.summary(input: [1, 28, 28])
        ```

        ## Topics

        ### Names

        \(list(titles.map(file(ofGroup:))))

        ### Types of what calls give

        \(list(types))

        """
    }

    /// The page of one heading.
    static func group(_ title: String, _ files: [String]) -> String {
        """
        # \(title)

        \(files.count) \(files.count == 1 ? "name" : "names").

        ## Topics

        ### Names

        \(list(files))

        """
    }

    static func file(ofGroup title: String) -> String {
        "group-" + title.lowercased().split { !$0.isLetter }.joined(separator: "-")
    }

    // MARK: Pages

    mutating func page(of entry: ReferenceEntry) throws -> String {
        var parts = head(entry.title, entry.heading, summary: entry.rows[0].summary)
        if entry.owners.count > 1 {
            let others = entry.owners.dropFirst().map { "`\($0)`" }.joined(separator: ", ")
            parts.append("Other types that have it too: \(others).")
        }
        parts += try sections(of: entry.rows, below: entry.rows[0].summary)
        parts += related(entry.owners + entry.rows.flatMap(Self.names))
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// A type without initializers shows what gives a value of it.
    mutating func page(of type: ReferenceType) throws -> String {
        var parts = head(type.name, type.heading, summary: type.summary)
        if let requirement = type.requirement {
            parts.append("A struct of yours conforms to it by this method:")
            parts.append(Self.code(requirement))
        }
        let own = members[type.name] ?? []
        let makers = type.initializers.isEmpty ? (makers[type.name] ?? []) : []
        let inheritedMakers = type.conformsTo.flatMap { self.makers[$0] ?? [] }
        if !type.initializers.isEmpty {
            parts += try sections(of: type.initializers, below: type.summary)
        } else if let shown = makers.first ?? own.first ?? inheritedMakers.first {
            parts += try examples(of: [shown.rows[0]])
        }
        let inherited = type.conformsTo.compactMap { typeFiles[$0] }
        let topics = [
            ("What gives one", makers.filter { !own.contains($0) }.map(\.file)),
            ("Of the type", own.filter(\.isStatic).map(\.file)),
            ("Of its values", own.filter { !$0.isStatic }.map(\.file)),
            ("Its members too", inherited),
        ].filter { !$0.1.isEmpty }
        if !topics.isEmpty { parts.append("## Topics") }
        for (title, files) in topics { parts += ["### \(title)", Self.list(files)] }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func head(_ title: String, _ heading: String, summary: String) -> [String] {
        [
            "# \(title)", "@Metadata {\n    @TitleHeading(\"\(heading)\")\n}",
            summary.isEmpty ? "\(title)." : summary,
        ]
    }

    /// Each declaration with what it does, unless that was said above, and its notes, then the examples.
    private mutating func sections(of rows: [Binding], below summary: String) throws -> [String] {
        var parts = [rows.count == 1 ? "## Declaration" : "## Declarations"]
        for row in rows {
            parts.append(Self.code(row.declaration))
            if row.summary != summary { parts.append(row.summary) }
            let notes = row.parameters.filter { !$0.note.isEmpty }
            if !notes.isEmpty {
                parts.append(notes.map { "- `\($0.name)`: \($0.note)" }.joined(separator: "\n"))
            }
        }
        return try parts + examples(of: rows)
    }

    /// The examples of rows, which overloads may share, with what they give.
    private mutating func examples(of rows: [Binding]) throws -> [String] {
        var seen: Set<String> = [""]
        let examples = rows.map(\.example).filter { seen.insert($0).inserted }
        guard !examples.isEmpty else { return [] }
        var parts = [examples.count == 1 ? "## Example" : "## Examples"]
        for example in examples {
            parts.append(Self.code(example))
            let given = try result(of: example)
            if !given.isEmpty { parts.append(given) }
        }
        return parts
    }

    /// The types that declarations name, for the reader who goes on.
    private func related(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        let files = names.compactMap { typeFiles[$0] }.filter { seen.insert($0).inserted }
        guard !files.isEmpty else { return [] }
        return ["## See Also", "### Types", Self.list(files)]
    }

    /// The types of a declaration but the everyday ones, which stand everywhere.
    private static func names(in row: Binding) -> [String] {
        let everyday: Set<String> = ["Int", "Double", "Float", "Bool", "String"]
        return (row.parameters.map(\.type) + [row.result]).flatMap(words)
            .filter { !everyday.contains($0) }
    }

    private static func words(in type: ScriptType) -> [String] {
        type.description.split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }
            .map(String.init)
    }

    private static func list(_ files: [String]) -> String {
        files.map { "- <doc:\($0)>" }.joined(separator: "\n")
    }

    private static func code(_ text: String) -> String { "```swift\n\(text)\n```" }

    // MARK: What examples give

    /// The lines of an output beyond which the rest is left out.
    private static let mostLines = 40

    private mutating func result(of example: String) throws -> String {
        if let known = ran[example] { return known }
        let bundles: [MIMEBundle]
        do {
            bundles = try outputs(example)
        } catch {
            throw ReferenceError("an example fails: \(example)\n\(error)")
        }
        var parts: [String] = []
        var printed: [String] = []
        for bundle in bundles {
            if let picture = picture(in: bundle) {
                if picture.isOwnText { printed.append(bundle.plain) }
                parts += Self.block(printed)
                printed = []
                parts.append("![What the example shows](\(picture.file))")
            } else {
                printed.append(bundle.plain)
            }
        }
        let text = (parts + Self.block(printed)).joined(separator: "\n\n")
        ran[example] = text
        return text
    }

    /// The picture of an output, kept under a name of its own, and whether its text says more.
    private mutating func picture(in bundle: MIMEBundle) -> (file: String, isOwnText: Bool)? {
        let number = pictures.count + 1
        if case .text(let drawing)? = bundle["image/svg+xml"] {
            pictures["example-\(number).svg"] = Array(drawing.utf8)
            return ("example-\(number).svg", false)
        }
        if case .bytes(let bytes)? = bundle["image/png"] {
            pictures["example-\(number).png"] = bytes
            return ("example-\(number).png", true)
        }
        return nil
    }

    private static func block(_ printed: [String]) -> [String] {
        var lines = printed.joined().split(separator: "\n", omittingEmptySubsequences: false)
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        guard !lines.isEmpty else { return [] }
        if lines.count > mostLines { lines = lines.prefix(mostLines) + ["…"] }
        return ["```\n\(lines.joined(separator: "\n"))\n```"]
    }
}

extension ReferenceEntry {
    fileprivate var isStatic: Bool {
        switch rows[0].kind {
        case .staticMethod, .staticProperty: true
        default: false
        }
    }
}

extension Binding {
    /// The signature with the type it belongs to: `Tensor.reshaped(_ shape: Int...) -> Tensor`. One
    /// that is long has a line for each parameter.
    fileprivate var declaration: String {
        var text =
            switch kind {
            case .function, .operator, .initializer, .constant: signature
            case .method(let owner): "\(owner).\(signature)"
            case .staticMethod(let owner), .staticProperty(let owner):
                "static \(owner).\(signature)"
            case .property(let owner, let settable), .subscript(let owner, let settable):
                "\(owner).\(signature)" + (settable ? " { get set }" : "")
            }
        let list = parameters.map(\.description)
        guard text.count > 76, let place = text.firstRange(of: "(\(list.joined(separator: ", ")))")
        else { return text }
        let lines = "(\n    " + list.joined(separator: ",\n    ") + "\n)"
        text.replaceSubrange(place, with: lines)
        return text
    }
}
