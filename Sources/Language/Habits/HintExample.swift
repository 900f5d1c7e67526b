/// The call a hint shows, which takes over what somebody wrote: for `x.view(4, -1)`, the hint
/// `reshaped(2, 3)` becomes `reshaped(4, -1)`.
struct HintExample {
    /// An argument as it is written.
    struct Argument {
        var label: String?
        let text: String
    }

    private let hint: String
    private let line: ForeignLine
    private let open: Int
    private let parameters: [Argument]

    /// `nil` where the hint is not one call and nothing else.
    init?(_ hint: String) {
        let line = ForeignLine(hint)
        guard let open = line.pieces.indices.first(where: { line.isSign($0, "(") }), open > 0,
            line.isWord(open - 1), !line.pieces[open].hasSpace,
            let close = line.closing(open), close == line.pieces.count - 1, close > open + 1
        else { return nil }
        let parts = line.split(open + 1..<close, at: ",")
        guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.hint = hint
        self.line = line
        self.open = open
        parameters = parts.map { part in
            let isLabelled = line.isWord(part.lowerBound) && line.isSign(part.lowerBound + 1, ":")
            return Argument(
                label: isLabelled ? line.pieces[part.lowerBound].text : nil,
                text: line.joined(part.lowerBound + (isLabelled ? 2 : 0)..<part.upperBound))
        }
    }

    /// The name that the hint calls.
    var name: String { line.pieces[open - 1].text }

    /// Functions that take any number of values.
    private static let openEnded: Set<String> = ["reshaped", "transposed", "tiled"]
    /// Functions whose values stand in another order here.
    private static let reordered: Set<String> = ["gathered"]

    /// The call with the arguments written; `label` gives our label for one of theirs, and
    /// `accepts` whether our function has it.
    func filled(
        with arguments: [Argument], label: (String) -> String?, accepts: (String) -> Bool
    ) -> String {
        let plain = arguments.filter { $0.label == nil && !$0.text.contains("parameters(") }
        let isSimple = arguments.allSatisfy { !$0.text.contains("\n") && $0.text.count <= 40 }
        guard isSimple, !Self.reordered.contains(name), var result = placed(plain) else {
            return hint
        }
        for argument in arguments {
            guard let theirs = argument.label else { continue }
            let ours = label(theirs) ?? theirs
            if let index = result.firstIndex(where: { $0.label == ours }) {
                result[index] = Argument(label: ours, text: argument.text)
            } else if accepts(ours) {
                result.append(Argument(label: ours, text: argument.text))
            }
        }
        let list = result.map { ($0.label.map { "\($0): " } ?? "") + $0.text }
        return line.joined(0..<open) + "(\(list.joined(separator: ", ")))"
    }

    /// The example's parameters with the values given in their order.
    private func placed(_ values: [Argument]) -> [Argument]? {
        if values.isEmpty { return parameters }
        if Self.openEnded.contains(name) { return values }
        if parameters.count == 1, parameters[0].text.hasPrefix("["), name != "Tensor" {
            return [Argument(label: parameters[0].label, text: Self.list(values.map(\.text)))]
        }
        guard values.count <= parameters.count else { return nil }
        var result = parameters
        for (index, value) in values.enumerated() {
            let wanted = parameters[index].text
            let isList = wanted.hasPrefix("[")
            let text = isList && name != "Tensor" ? Self.list([value.text]) : value.text
            if wanted.hasPrefix(".") || !isList && value.text.hasPrefix("[") { return nil }
            result[index] = Argument(label: parameters[index].label, text: text)
        }
        let isWhole = result[values.count...].allSatisfy { $0.label != nil }
        return isWhole ? result : nil
    }

    /// Values as one list; a list or a tuple is one already.
    private static func list(_ values: [String]) -> String {
        guard values.count == 1 else { return "[\(values.joined(separator: ", "))]" }
        if values[0].hasPrefix("[") { return values[0] }
        if values[0].hasPrefix("("), values[0].hasSuffix(")") {
            let inner = values[0].dropFirst().dropLast()
            return "[\(inner.hasSuffix(",") ? inner.dropLast() : inner)]"
        }
        return "[\(values[0])]"
    }
}
