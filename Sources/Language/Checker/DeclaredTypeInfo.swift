import SwiftSyntax

/// A structure or enumeration as the checker knows it.
@dynamicMemberLookup
final class DeclaredTypeInfo {
    /// What the type and its extensions declare; an extension that fails its check is taken back.
    struct Members {
        var initializers: [FunctionDeclaration] = []
        var methods: [String: [FunctionDeclaration]] = [:]
        var staticMethods: [String: [FunctionDeclaration]] = [:]
        var getters: [String: FunctionDeclaration] = [:]
        /// Setters of computed properties, and of stored ones that are observed.
        var setters: [String: FunctionDeclaration] = [:]
        var staticGetters: [String: FunctionDeclaration] = [:]
        var staticSetters: [String: FunctionDeclaration] = [:]
        var statics: [String: Global] = [:]
        var subscripts: [Subscript] = []
        var staticSubscripts: [Subscript] = []
        /// Types declared inside this one.
        var nested: [String: DeclaredTypeInfo] = [:]
        /// Members that only the type and its extensions may use, or set.
        var privateNames: Set<String> = []
        var privateSetters: Set<String> = []
    }

    typealias Subscript = (get: FunctionDeclaration, set: FunctionDeclaration?)

    /// A property whose value waits to be checked, as it may use anything declared beside it.
    struct UncheckedValue {
        enum Kind { case stored, shared, lazy }

        let syntax: ExprSyntax
        /// What its value is checked in: a function that gives or stores it.
        let function: FunctionDeclaration
        /// The type that is written; `nil` where the value says it.
        let type: ScriptType?
        let kind: Kind
        /// What else waits for its type.
        var whenTyped: [(ScriptType) -> Void] = []
        var isUnderWay = false
    }

    let type: DeclaredType
    /// The type around it.
    let outer: DeclaredTypeInfo?
    /// The scope it is declared in, which its members see.
    let scope: Scope
    var members = Members()
    /// What each stored property begins with.
    var fieldDefaults: [Expr?] = []
    /// What the values that each case holds are by default.
    var payloadDefaults: [[Expr?]] = []
    /// Whether the type itself, not an extension, has initializers, and so no memberwise one.
    var hasOwnInitializer = false
    var rawType: ScriptType?
    /// Whether every case may hold values of the type itself.
    var isIndirect = false
    /// The cell that declares it, and where its name stands there.
    var cell = ""
    var span = Span.none
    var unchecked: [String: UncheckedValue] = [:]

    init(_ type: DeclaredType, outer: DeclaredTypeInfo?, scope: Scope) {
        self.type = type
        self.outer = outer
        self.scope = scope
    }

    subscript<T>(dynamicMember path: WritableKeyPath<Members, T>) -> T {
        get { members[keyPath: path] }
        set { members[keyPath: path] = newValue }
    }

    var scriptType: ScriptType { type.scriptType }

    /// The type and those around it, from the inside out.
    var lineage: some Sequence<DeclaredTypeInfo> { sequence(first: self) { $0.outer } }

    var memberNames: [String] {
        type.fields.map(\.name).filter { members.getters[$0] == nil && !$0.hasPrefix("$") }
            + members.getters.keys.sorted() + members.methods.keys.sorted()
    }

    var staticNames: [String] {
        type.cases.map(\.name) + members.statics.keys.sorted()
            + members.staticMethods.keys.sorted()
            + members.staticGetters.keys.filter { members.statics[$0] == nil }.sorted()
            + members.nested.keys.sorted()
    }

    func hasStatic(_ name: String) -> Bool {
        members.statics[name] != nil || members.staticGetters[name] != nil
            || members.staticMethods[name] != nil
            || type.cases.contains { $0.name == name }
    }

    var hasAllCases: Bool { type.conformances.contains("CaseIterable") }

    func hasMember(_ name: String) -> Bool {
        type.fieldIndex(name) != nil || members.getters[name] != nil
            || members.methods[name] != nil
    }
}
