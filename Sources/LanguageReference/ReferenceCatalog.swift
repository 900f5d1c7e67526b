import Hosting
import Language

/// The language's reference: a page for each name and each type, made from the rows that the language
/// is made of, with what the examples give.
///
///     let catalog = try ReferenceCatalog(groups: visionRowGroups(), types: visionLibrary.types)
///     try catalog.write(to: "Language.docc") { try ExampleRun(library: visionLibrary).outputs(of: $0) }
public struct ReferenceCatalog {
    /// The headings of the reference, each with the names below it in order.
    private var sections: [(title: String, files: [String])] = []
    private var entries: [ReferenceEntry] = []
    private var types: [ReferenceType] = []

    /// The catalog of the language's own names, then of the given ones.
    ///
    /// Throws where two names would have the same page.
    public init(groups: [RowGroup], types: [ForeignType]) throws {
        self.types = BuiltinNames.types.map { ReferenceType(name: $0.name, summary: $0.summary) }
        let known = Set(self.types.map(\.name))
        self.types += types.filter { !known.contains($0.name) }.map { ReferenceType($0) }
        for group in groups + BuiltinNames.groups { try add(group) }
        try checkFiles()
    }

    private mutating func add(_ group: RowGroup) throws {
        var files: [String] = []
        var own: [ReferenceEntry] = []
        for row in group.rows {
            if case .initializer(let owner) = row.kind {
                guard let index = types.firstIndex(where: { $0.name == owner }) else {
                    throw ReferenceError("\(row.signature) belongs to a type without a page")
                }
                types[index].initializers.append(row)
                files.append(types[index].file)
            } else {
                let entry = ReferenceEntry(row)
                files.append(entry.file)
                if let index = entries.firstIndex(where: { $0.file == entry.file }) {
                    entries[index].add(row)
                } else if let index = own.firstIndex(where: { $0.file == entry.file }) {
                    own[index].add(row)
                } else {
                    own.append(entry)
                }
            }
        }
        for entry in own {
            if let index = entries.firstIndex(where: {
                $0.rows[0].name == entry.rows[0].name && $0.content == entry.content
            }) {
                entries[index].share(with: entry)
                files.removeAll { $0 == entry.file }
            } else {
                entries.append(entry)
            }
        }
        var seen: Set<String> = []
        sections.append((group.title, files.filter { seen.insert($0).inserted }))
    }

    private func checkFiles() throws {
        var seen: Set<String> = []
        let files = entries.map(\.file) + types.map(\.file)
        let twice = files.filter { !seen.insert($0.lowercased()).inserted }
        guard twice.isEmpty else {
            throw ReferenceError("two names have the page \(twice.joined(separator: ", "))")
        }
    }

    /// The pages by the names of their files; `outputs` runs an example.
    ///
    /// Throws what an example throws, with the example.
    package func pages(
        running outputs: @escaping (String) throws -> [MIMEBundle]
    ) throws -> (texts: [String: String], pictures: [String: [UInt8]]) {
        var writer = PageWriter(entries: entries, types: types, outputs: outputs)
        let listed = Set(sections.flatMap(\.files))
        let others = types.map(\.file).filter { !listed.contains($0) }.sorted()
        var texts = ["Language": PageWriter.contents(sections.map(\.title), types: others)]
        for section in sections {
            texts[PageWriter.file(ofGroup: section.title)] =
                PageWriter.group(section.title, section.files)
        }
        for type in types { texts[type.file] = try writer.page(of: type) }
        for entry in entries { texts[entry.file] = try writer.page(of: entry) }
        return (texts, writer.pictures)
    }
}

/// Why the reference cannot be made.
public struct ReferenceError: Error, CustomStringConvertible {
    public let description: String

    init(_ problem: String) { description = "reference: \(problem)" }
}
