/// One cell of a notebook: its stored members with their texts in one piece.
public struct NotebookCell: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        case code
        case markdown
        case raw
    }

    /// The members as they are stored, except that texts are not split into lines.
    public var fields: JSONObject

    /// A new cell without an identifier.
    public init(_ kind: Kind, source: String) {
        fields = JSONObject()
        fields["metadata"] = .object(JSONObject())
        fields["source"] = .string(source)
        switch kind {
        case .markdown: fields["cell_type"] = "markdown"
        case .raw: fields["cell_type"] = "raw"
        case .code:
            fields["cell_type"] = "code"
            fields["execution_count"] = .null
            fields["outputs"] = []
        }
    }

    public var kind: Kind {
        switch fields["cell_type"]?.text {
        case "code": .code
        case "markdown": .markdown
        default: .raw
        }
    }

    public var source: String {
        get { fields["source"]?.text ?? "" }
        set { fields["source"] = .string(newValue) }
    }

    /// The words in the cell's metadata that tell tools how to treat it.
    public var tags: [String] {
        fields["metadata"]?.members?["tags"]?.elements?.compactMap(\.text) ?? []
    }

    /// The number the cell last ran as; `nil` before it runs.
    public var executionCount: Int? {
        get { fields["execution_count"]?.int }
        set { fields["execution_count"] = newValue.map { .integer(String($0)) } ?? .null }
    }

    public var outputs: [NotebookOutput] {
        get { fields["outputs"]?.elements?.compactMap(NotebookOutput.init) ?? [] }
        set { fields["outputs"] = .array(newValue.map(\.json)) }
    }
}

// MARK: - The stored form

extension NotebookCell {
    /// A cell as the file has it; `nil` without a type or a source.
    init?(stored: JSON) {
        guard var fields = stored.members, fields["cell_type"]?.text != nil,
            let source = fields["source"], let joined = Self.join(source)
        else { return nil }
        fields["source"] = joined
        Self.change(&fields, text: { Self.join($0) ?? $0 }, bundle: Self.joinBundle)
        self.fields = fields
    }

    /// The cell as the file has it: long texts as lists of lines.
    var stored: JSON {
        var stored = fields
        stored["source"] = .array(Self.lines(source))
        Self.change(
            &stored, text: { $0.text.map { .array(Self.lines($0)) } ?? $0 },
            bundle: Self.splitBundle)
        return .object(stored)
    }

    /// Applies a change to every text and every bundle of forms, and leaves out what `nbformat`
    /// leaves out.
    private static func change(
        _ fields: inout JSONObject, text: (JSON) -> JSON, bundle: (JSONObject) -> JSONObject
    ) {
        if var metadata = fields["metadata"]?.members, metadata["trusted"] != nil {
            metadata["trusted"] = nil
            fields["metadata"] = .object(metadata)
        }
        if var attachments = fields["attachments"]?.members {
            for member in attachments.members {
                guard let forms = member.value.members else { continue }
                attachments[member.name] = .object(bundle(forms))
            }
            fields["attachments"] = .object(attachments)
        }
        guard fields["cell_type"]?.text == "code", let outputs = fields["outputs"]?.elements else {
            return
        }
        fields["outputs"] = .array(
            outputs.map { output in
                guard var members = output.members else { return output }
                switch members["output_type"]?.text {
                case "execute_result", "display_data":
                    guard let forms = members["data"]?.members else { return output }
                    members["data"] = .object(bundle(forms))
                case "stream":
                    guard let value = members["text"] else { return output }
                    members["text"] = text(value)
                default: return output
                }
                return .object(members)
            })
    }

    /// A list of strings as one string; `nil` for anything but strings.
    private static func join(_ value: JSON) -> JSON? {
        if case .string = value { return value }
        guard let elements = value.elements else { return nil }
        let lines = elements.compactMap(\.text)
        return lines.count == elements.count ? .string(lines.joined()) : nil
    }

    private static func joinBundle(_ forms: JSONObject) -> JSONObject {
        var joined = forms
        for form in forms.members where !isJSON(form.name) {
            if let text = join(form.value) { joined[form.name] = text }
        }
        return joined
    }

    private static func splitBundle(_ forms: JSONObject) -> JSONObject {
        var split = forms
        for form in forms.members where isSplit(form.name) {
            if let text = form.value.text { split[form.name] = .array(lines(text)) }
        }
        return split
    }

    static func isJSON(_ type: String) -> Bool {
        type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json"))
    }

    private static func isSplit(_ type: String) -> Bool {
        type.hasPrefix("text/") || type == "image/svg+xml" || type == "application/javascript"
    }

    /// The lines of a text with their ends, at every character that ends a line for Python.
    private static func lines(_ text: String) -> [JSON] {
        let scalars = text.unicodeScalars
        var lines: [JSON] = []
        var start = scalars.startIndex
        var index = start
        while index < scalars.endIndex {
            let scalar = scalars[index]
            index = scalars.index(after: index)
            guard isLineEnd(scalar) else { continue }
            if scalar == "\r", index < scalars.endIndex, scalars[index] == "\n" {
                index = scalars.index(after: index)
            }
            lines.append(.string(String(scalars[start..<index])))
            start = index
        }
        if start < scalars.endIndex { lines.append(.string(String(scalars[start...]))) }
        return lines
    }

    private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
