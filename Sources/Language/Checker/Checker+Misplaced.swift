import SwiftSyntax

/// What to say of arguments that a declaration does not take.
extension Checker {
    /// The call whose arguments do not fit.
    struct Callee {
        let name: String
        let notes: [String]
    }

    /// What is wrong with the first argument that has no parameter.
    func misplaced(
        _ argument: WrittenArgument, _ parameters: [Parameter], _ index: Int,
        _ arguments: [WrittenArgument], _ callee: Callee
    ) -> ScriptError {
        let place = argument.labelSyntax.map { span($0) } ?? span(argument.syntax)
        func report(_ message: String, _ suggestion: String? = nil) -> ScriptError {
            error(
                .argument, "\(callee.name)\(message)", place, suggestion: suggestion,
                notes: callee.notes)
        }
        let labels = parameters.compactMap(\.label)
        let count = parameters.count == 1 ? "1 argument" : "\(parameters.count) arguments"
        guard let label = argument.label else {
            if let gathered = gathered(parameters, arguments) {
                return report(": the values belong together, into one argument", gathered)
            }
            if index < parameters.count, let wanted = parameters[index].label {
                var advice =
                    "write "
                    + (labelled(parameters, arguments) ?? "\(wanted): \(sourceText(place))")
                if let habit = Habits.member(callee.name),
                    let type = (try? self.argument(argument.syntax))?.type,
                    isImpossible(type, as: parameters[index].type)
                {
                    advice = "or use \(habit)"
                }
                return report(": this argument needs its label '\(wanted):'", advice)
            }
            return report(": expected \(count), got \(arguments.count)")
        }
        if labels.contains(label) {
            let isTwice = arguments.filter { $0.label == label }.count > 1
            if isTwice { return report(": '\(label):' is given twice") }
            return report(
                ": '\(label):' is out of order",
                ordered(parameters, arguments).map { "write \($0)" })
        }
        if index < parameters.count, parameters[index].label == nil, labels.isEmpty {
            return report(": this argument has no label", "leave '\(label):' out")
        }
        if let advice = labelHint(label, callee.name, labels) {
            return report(" has no label '\(label):': use \(advice)")
        }
        if arguments.count > parameters.count, Spelling.closest(to: label, in: labels) == nil,
            !parameters.contains(where: { $0.style == .variadic })
        {
            return report(
                ": expected \(count), got \(arguments.count)", "leave '\(label):' out")
        }
        let given = Set(arguments.compactMap(\.label))
        let open = labels.filter { !given.contains($0) }
        let close =
            Spelling.closest(to: label, in: open)
            ?? (index < parameters.count && !parameters[index].isOptional
                ? parameters[index].label : nil)
        return report(
            ": there is no argument '\(label):'", close.map { "did you mean \($0):?" })
    }

    /// Our label for one of another library, where this declaration has it.
    private func labelHint(_ label: String, _ callee: String, _ labels: [String]) -> String? {
        if let whole = Habits.callLabels["\(callee).\(label)"] { return whole }
        let advice =
            library.hints["\(callee).\(label):"] ?? library.hints["\(label):"]
            ?? Habits.labels[label].map { "\($0):" }
        guard let advice else { return nil }
        let isLabel = advice.hasSuffix(":") && !advice.contains(" ")
        return !isLabel || labels.contains(String(advice.dropLast())) ? advice : nil
    }

    // MARK: The call as it should be

    /// What stands before the call's parenthesis; `nil` where it is no plain name.
    private func calleeText(_ arguments: [WrittenArgument]) -> String? {
        guard let list = arguments.first?.syntax.parent?.parent,
            let call = list.parent?.as(FunctionCallExprSyntax.self),
            call.trimmedLength.utf8Length <= 120
        else { return nil }
        let name = call.calledExpression.trimmedDescription
        let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
        return isPlain ? name : nil
    }

    private func text(_ argument: WrittenArgument) -> String { sourceText(span(argument.syntax)) }

    /// `f(1, 2)` with the labels that its parameters ask for.
    private func labelled(
        _ parameters: [Parameter], _ arguments: [WrittenArgument]
    ) -> String? {
        guard let name = calleeText(arguments), arguments.count <= parameters.count,
            arguments.allSatisfy({ $0.label == nil && !$0.isTrailing }),
            !parameters.contains(where: { $0.style != .single })
        else { return nil }
        let list = zip(parameters, arguments).map { parameter, argument in
            (parameter.label.map { "\($0): " } ?? "") + text(argument)
        }
        return "\(name)(\(list.joined(separator: ", ")))"
    }

    /// The same arguments in the order of their parameters.
    private func ordered(
        _ parameters: [Parameter], _ arguments: [WrittenArgument]
    ) -> String? {
        guard let name = calleeText(arguments), arguments.allSatisfy({ !$0.isTrailing }) else {
            return nil
        }
        var rest = arguments
        var list: [String] = []
        for parameter in parameters {
            guard let index = rest.firstIndex(where: { $0.label == parameter.label }) else {
                continue
            }
            let argument = rest.remove(at: index)
            list.append((argument.label.map { "\($0): " } ?? "") + text(argument))
        }
        return rest.isEmpty ? "\(name)(\(list.joined(separator: ", ")))" : nil
    }

    /// Values given one by one to a parameter that takes them in brackets or in a block.
    private func gathered(
        _ parameters: [Parameter], _ arguments: [WrittenArgument]
    ) -> String? {
        guard let first = parameters.first, first.label == nil, arguments.count > 1,
            arguments.allSatisfy({ $0.label == nil && !$0.isTrailing }),
            let name = calleeText(arguments)
        else { return nil }
        let values = arguments.map(text)
        if first.style == .builder, parameters.count == 1 {
            return "put them into braces: \(name) { \(values.joined(separator: "; ")) }"
        }
        guard case .array = first.type, first.style == .single,
            parameters.dropFirst().allSatisfy({ $0.isOptional && $0.label != nil }),
            arguments.allSatisfy({ !$0.syntax.is(ArrayExprSyntax.self) })
        else { return nil }
        return "put the values into brackets: \(name)([\(values.joined(separator: ", "))])"
    }
}
