/// The rows of a library and the built-in ones, filed by what the checker asks for.
final class LibraryIndex {
    private(set) var functions: [String: [Binding]] = [:]
    private(set) var constants: [String: Binding] = [:]
    private(set) var operators: [String: [Binding]] = [:]
    private(set) var initializers: [String: [Binding]] = [:]
    private(set) var statics: [String: [String: [Binding]]] = [:]
    private(set) var types: [String: ForeignType] = [:]
    private var members: [String: [String: [Binding]]] = [:]
    var allMembers: [String: [String: [Binding]]] { members }
    let hints: [String: String]

    init(_ library: Library) {
        hints = library.hints
        for type in [Builtins.hasher, Builtins.displayHandle] { types[type.name] = type }
        for type in library.types { types[type.name] = type }
        for row in Builtins.rows { add(row) }
        for row in library.bindings { add(row) }
    }

    private func add(_ row: Binding) {
        switch row.kind {
        case .function: addFunction(row)
        case .constant: constants[row.name] = row
        case .operator: operators[row.name, default: []].append(row)
        case .initializer(let owner): initializers[owner, default: []].append(row)
        case .method(let owner), .property(let owner, _):
            members[owner, default: [:]][row.name, default: []].append(row)
        case .subscript(let owner, _):
            members[owner, default: [:]]["subscript", default: []].append(row)
        case .staticMethod(let owner), .staticProperty(let owner):
            statics[owner, default: [:]][row.name, default: []].append(row)
        }
    }

    /// A library's function with the parameters of a built-in one runs after it, as `seed` does,
    /// which makes the chance of both repeatable.
    private func addFunction(_ row: Binding) {
        let same = functions[row.name]?.firstIndex { known in
            known.parameters.map(\.label) == row.parameters.map(\.label)
                && known.parameters.map(\.type) == row.parameters.map(\.type)
        }
        guard let same, let known = functions[row.name]?[same],
            case .call(let first) = known.implementation,
            case .call(let second) = row.implementation
        else {
            functions[row.name, default: []].append(row)
            return
        }
        functions[row.name]?[same] = Binding(
            name: row.name, kind: row.kind, parameters: row.parameters, result: row.result,
            summary: row.summary, example: row.example,
            implementation: .call { values in
                _ = try first(values)
                return try second(values)
            })
    }

    /// The rows of a member of a type, its own or those of what it conforms to.
    func member(_ name: String, of type: String) -> [Binding]? {
        if let rows = members[type]?[name] { return rows }
        for parent in types[type]?.conformsTo ?? [] {
            if let rows = member(name, of: parent) { return rows }
        }
        return nil
    }

    /// The rows of a member that a script's type has through what it conforms to.
    func member(_ name: String, of type: DeclaredType) -> [Binding]? {
        for parent in type.conformances.sorted() {
            if let rows = member(name, of: parent) { return rows }
        }
        return nil
    }

    /// The names of the members that a script's type has through what it conforms to.
    func memberNames(of type: DeclaredType) -> [String] {
        type.conformances.sorted().flatMap(memberNames)
    }

    func memberNames(of type: String) -> [String] {
        var names = Set(members[type]?.keys.map { $0 } ?? [])
        for parent in types[type]?.conformsTo ?? [] { names.formUnion(memberNames(of: parent)) }
        names.remove("subscript")
        return names.sorted()
    }

    /// Whether a script's type conforms to another one, by its declaration or by what that implies.
    func conforms(_ type: DeclaredType, to other: String) -> Bool {
        type.conformances.contains { conforms($0, to: other) }
    }

    /// Whether a foreign type is another one or conforms to it.
    func conforms(_ name: String, to other: String) -> Bool {
        name == other || (types[name]?.conformsTo.contains { conforms($0, to: other) } ?? false)
    }
}
