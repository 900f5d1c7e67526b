import SwiftSyntax

/// Turns the syntax of a cell into checked statements: names resolved, labels and counts right,
/// types as far as they are certain. Reports the mistakes before anything runs.
final class Checker {
    let interpreter: Interpreter
    let source: SourceText
    var scope: Scope
    var context: FunctionContext
    /// The names this cell declares, which become visible to later cells.
    var declared: [String: Symbol] = [:]
    var globals: [Global] = []
    var functions: [FunctionDeclaration] = []
    var warnings: [String] = []
    /// What was wrong so far.
    var mistakes: [ScriptError] = []
    /// How many expressions are being checked, one inside another.
    var expressionDepth = 0
    /// Bodies checked after the statements, when every global's type is known.
    var pending: [PendingBody] = []
    var loops: [LoopLabel] = []
    /// The declared type whose members are being checked.
    var owner: DeclaredTypeInfo?
    /// Whether an optional chain was met in the postfix expression being checked.
    var sawChain = false
    /// Whether the name being checked is the target of an assignment.
    var isAssigning = false
    /// Whether statements are collected by a result builder.
    var builderElement: ScriptType?
    var isCollecting = false
    let stack = StackGuard()
    /// How often arguments may still be checked again with a number literal of another type.
    var literalRetries = 100
    /// Where local functions are used, to settle later which contexts must capture them.
    var uses: [(context: FunctionContext, function: FunctionDeclaration)] = []
    /// Takes back what a cell that fails its check did to types of earlier cells.
    var undo: [() -> Void] = []
    /// Types declared in this cell, for their operators and descriptions.
    var declaredInfos: [DeclaredTypeInfo] = []
    /// Types of this cell that are to conform to types of the library.
    var adoptions: [Adoption] = []
    let root: Scope
    /// Whether the expression being checked is part of a postfix chain.
    var insidePostfix = false
    /// What the postfix expression being checked should be: `.zero.scaled(2)` begins with that.
    var chainExpectation: ScriptType?
    /// How a `switch` that gives a value checks its branches.
    var valueOfBranch: ((CodeBlockItemListSyntax) throws(ScriptError) -> [Stmt])?
    var infos: [SyntaxIdentifier: DeclaredTypeInfo] = [:]
    /// Conformances whose requirements are looked for when everything is declared.
    var conformanceChecks: [(name: String, info: DeclaredTypeInfo, node: InheritedTypeSyntax)] = []
    /// Types written as keys of sets and dictionaries, which must be Hashable when all is declared.
    var keyTypes: [(type: ScriptType, place: Span)] = []
    /// The outermost function whose declaration or body is being checked.
    var currentFunction: FunctionDeclaration?
    /// Functions by the syntax that declares them.
    var headers: [SyntaxIdentifier: FunctionDeclaration] = [:]

    init(interpreter: Interpreter, source: SourceText, root: Scope, context: FunctionContext) {
        self.interpreter = interpreter
        self.source = source
        self.root = root
        scope = root
        self.context = context
    }

    /// A function's body whose check waits for the cell's statements.
    struct PendingBody {
        let statements: CodeBlockItemListSyntax
        let declaration: FunctionDeclaration
        let scope: Scope
        let owner: DeclaredTypeInfo?
    }

    var library: LibraryIndex { interpreter.index }

    // MARK: Places and errors

    func span(_ node: some SyntaxProtocol) -> Span {
        Span(
            offset: Int32(node.positionAfterSkippingLeadingTrivia.utf8Offset),
            length: Int32(node.trimmedLength.utf8Length))
    }

    func error(
        _ kind: ScriptError.Kind, _ message: String, _ node: some SyntaxProtocol,
        suggestion: String? = nil, notes: [String] = []
    ) -> ScriptError {
        error(kind, message, span(node), suggestion: suggestion, notes: notes)
    }

    func error(
        _ kind: ScriptError.Kind, _ message: String, _ span: Span, suggestion: String? = nil,
        notes: [String] = []
    ) -> ScriptError {
        ScriptError(
            kind, message, at: source.location(Int(span.offset), length: Int(span.length)),
            notes: notes, suggestion: suggestion)
    }

    func unsupported(_ what: String, _ node: some SyntaxProtocol, instead: String? = nil)
        -> ScriptError
    {
        error(.unsupported, "\(what) is not part of this language", node, suggestion: instead)
    }

    func guardDepth(_ node: some SyntaxProtocol) throws(ScriptError) {
        guard stack.hasRoom else {
            throw error(.syntax, "this is nested too deeply to be checked", node)
        }
    }

    // MARK: Scopes

    func inScope<R>(_ body: () throws(ScriptError) -> R) throws(ScriptError) -> R {
        let outer = scope
        scope = Scope(parent: outer, context: context)
        defer { scope = outer }
        return try body()
    }

    /// Whether declarations here are globals.
    var isTopLevel: Bool { scope.parent == nil }

    /// Declares a variable in the innermost scope.
    func declare(_ name: String, _ type: ScriptType, isConstant: Bool, _ node: some SyntaxProtocol)
        throws(ScriptError) -> Storage
    {
        if isTopLevel {
            if declared[name] != nil {
                throw error(
                    .name, "'\(name)' is declared twice in this cell", node,
                    suggestion: "assign with \(name) = ..., or declare it again in the next cell")
            }
            let global = Global(name, type, isConstant: isConstant)
            global.cell = source.cell
            globals.append(global)
            declared[name] = .global(global)
            scope.names[name] = .global(global)
            return .global(global)
        }
        if scope.names[name] != nil {
            throw error(.name, "'\(name)' is declared twice in this block", node)
        }
        let variable = Variable(name, type, isConstant: isConstant, in: context, span: span(node))
        scope.names[name] = .variable(variable)
        return .local(variable)
    }

    /// The symbol of a name, from the innermost scope to earlier cells.
    func lookup(_ name: String) -> Symbol? { scope.find(name) ?? interpreter.symbols[name] }
}
