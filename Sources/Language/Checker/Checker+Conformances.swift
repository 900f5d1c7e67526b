import SwiftSyntax

/// A struct's promise to conform to a type of the library, kept by the methods of the same cell.
struct Adoption {
    let type: DeclaredTypeInfo
    let name: String
    let requirement: Requirement
    let span: Span
}

extension Checker {
    /// The types of the library that structs may conform to.
    var adoptableNames: [String] {
        library.types.values.filter { $0.requirement != nil }.map(\.name)
    }

    /// Notes that a type is declared to conform to a type of the library.
    func adopt(
        _ name: String, _ requirement: Requirement, _ info: DeclaredTypeInfo,
        _ node: some SyntaxProtocol
    ) throws(ScriptError) {
        if info.type.isEnumeration {
            throw error(
                .unsupported, "an enum cannot conform to \(name) in this language", node,
                suggestion: "declare a struct that holds the enum")
        }
        info.type.conformances.insert(name)
        adoptions.append(
            Adoption(type: info, name: name, requirement: requirement, span: span(node)))
    }

    /// Checks that the types of this cell have the methods that what they conform to asks for.
    func checkAdoptions() throws(ScriptError) {
        for adoption in adoptions where adoption.type.witness(of: adoption.requirement) == nil {
            let requirement = adoption.requirement
            let wanted = requirement.signature
            let names = [requirement.name, requirement.alternative].compactMap { $0 }
            guard let near = names.compactMap({ adoption.type.methods[$0]?.first }).first else {
                throw error(
                    .type,
                    "\(adoption.type.type.name) does not conform to \(adoption.name): it has no "
                        + wanted, adoption.span, suggestion: "write \(wanted) { ... } in it")
            }
            let problem =
                near.isMutating && near.fits(requirement)
                ? "it must not be mutating" : "this is func \(near.signature)"
            throw error(
                .type, "\(adoption.name) asks for \(wanted), \(problem)", near.context.span,
                suggestion: near.isMutating ? "leave 'mutating' out" : "write \(wanted) { ... }")
        }
    }

    /// The rows of a member of a type: its own, or those of what a script's type conforms to.
    func rows(_ name: String, of type: ScriptType) -> [Binding]? {
        if let info = info(type) { return library.member(name, of: info.type) }
        return library.member(name, of: type.memberTable)
    }
}

extension DeclaredTypeInfo {
    /// The method by which this type meets a requirement; `nil` where it has none.
    func witness(of requirement: Requirement) -> FunctionDeclaration? {
        for name in [requirement.name, requirement.alternative].compactMap({ $0 }) {
            if let found = members.methods[name]?.first(where: {
                !$0.isMutating && $0.fits(requirement)
            }) {
                return found
            }
        }
        return nil
    }
}

extension FunctionDeclaration {
    /// Whether it takes and gives what a requirement asks for.
    func fits(_ requirement: Requirement) -> Bool {
        result == requirement.result && parameters.count == requirement.parameters.count
            && zip(parameters, requirement.parameters).allSatisfy {
                $0.label == $1.label && $0.type == $1.type && $0.style == $1.style && !$0.isInOut
            }
    }
}

extension Interpreter {
    /// Whether a method is the one by which a type conforms to a type of the library. Calling the
    /// value then goes through the library, which knows more of the call: `block(x)` is a layer's.
    func isWitness(_ methods: [FunctionDeclaration], of info: DeclaredTypeInfo) -> Bool {
        guard methods.count == 1 else { return false }
        return info.type.conformances.contains { name in
            index.types[name]?.requirement.flatMap(info.witness) === methods[0]
        }
    }
}
