/// What a name stands for.
enum Symbol {
    case variable(Variable)
    case global(Global)
    case functions([FunctionDeclaration])
    case type(DeclaredTypeInfo)
    /// A variable of a cell that a function computes.
    case computed(FunctionDeclaration)
}

/// The names of one block.
final class Scope {
    let parent: Scope?
    let context: FunctionContext
    var names: [String: Symbol] = [:]
    /// The type whose members are in scope here.
    var owner: DeclaredTypeInfo?

    init(parent: Scope?, context: FunctionContext) {
        self.parent = parent
        self.context = context
    }

    func find(_ name: String) -> Symbol? {
        var scope: Scope? = self
        while let current = scope {
            if let symbol = current.names[name] { return symbol }
            scope = current.parent
        }
        return nil
    }

    /// Every name in scope, for suggestions and completion.
    var allNames: [String] {
        var result: [String] = []
        var scope: Scope? = self
        while let current = scope {
            result += current.names.keys
            scope = current.parent
        }
        return result
    }
}
