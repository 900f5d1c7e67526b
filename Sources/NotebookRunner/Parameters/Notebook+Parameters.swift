import Language

extension Notebook {
    private static let injected = "injected-parameters"

    /// Writes the values of parameters into a cell after the one tagged `parameters`, which later
    /// runs replace; into the first cell where none is tagged.
    ///
    /// A value is declared as its default is: with `let` or `var`, and with the same type.
    ///
    /// - Returns: what a person should know, such as a parameter that the notebook does not have.
    /// - Throws: `ParameterError` for a value that cannot be written.
    package mutating func inject(_ parameters: [Parameter]) throws(ParameterError) -> [String] {
        guard !parameters.isEmpty else { return [] }
        let tagged = cells.firstIndex { $0.kind == .code && $0.tags.contains("parameters") }
        let defaults = tagged.map { DeclaredVariable.all(in: cells[$0].source) } ?? []
        var lines = ["// Parameters"]
        var unknown: [String] = []
        for parameter in parameters {
            let known = defaults.last { $0.name == parameter.name }
            if known == nil { unknown.append(parameter.name) }
            lines.append(try Self.declaration(parameter, like: known))
        }
        let source = lines.joined(separator: "\n")
        if let earlier = cells.firstIndex(where: { $0.tags.contains(Self.injected) }) {
            cells[earlier].source = source
        } else {
            cells.insert(injectedCell(source), at: tagged.map { $0 + 1 } ?? 0)
        }
        if tagged == nil { return ["no cell is tagged 'parameters': the values stand at the top"] }
        return unknown.map { "the cell tagged 'parameters' declares no '\($0)'" }
    }

    private static func declaration(
        _ parameter: Parameter, like known: DeclaredVariable?
    ) throws(ParameterError) -> String {
        let own = SwiftLiteral.type(of: parameter.value)
        let type = known?.type ?? own
        let literal: String
        do throws(ParameterError) {
            literal = try SwiftLiteral.text(parameter.value, as: type)
        } catch {
            throw ParameterError("\(parameter.name): \(error.problem)")
        }
        let saysType = type != own || !SwiftLiteral.isPlain(parameter.value)
        return (known?.isVar == true ? "var " : "let ") + SwiftLiteral.name(parameter.name)
            + (saysType ? ": \(type)" : "") + " = " + literal
    }

    private func injectedCell(_ source: String) -> NotebookCell {
        var cell = NotebookCell(.code, source: source)
        cell.fields["metadata"] = ["tags": [.string(Self.injected)]]
        // Cells have identifiers since format 4.5.
        if (fields["nbformat_minor"]?.int ?? 0) >= 5 {
            let taken = Set(cells.compactMap { $0.fields["id"]?.text })
            var id = Self.injected
            var number = 1
            while taken.contains(id) {
                number += 1
                id = "\(Self.injected)-\(number)"
            }
            cell.fields["id"] = .string(id)
        }
        return cell
    }
}
