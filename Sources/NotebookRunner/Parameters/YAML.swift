import CYAML

/// Values read from YAML 1.2: what JSON can say, anchors and aliases among it.
///
/// A plain `null`, `~` or nothing is null; `true` and `false` are truth values; whole numbers may be
/// decimal, `0x` or `0o`; `.inf` and `.nan` are numbers. Everything else, `yes` too, is text.
enum YAML {
    /// The value of a text with one document.
    ///
    /// - Throws: `ParameterError` with the place.
    static func value(_ text: String) throws(ParameterError) -> JSON {
        var reader = YAMLReader()
        return try reader.document(Array(text.utf8))
    }

    /// The value that a plain scalar stands for.
    static func scalar(_ text: String) -> JSON {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .double(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .double(-.infinity)
        case ".nan", ".NaN", ".NAN": return .double(.nan)
        default: return number(text) ?? .string(text)
        }
    }

    private static func number(_ text: String) -> JSON? {
        if let digits = text.wholeMatch(of: /0x([0-9a-fA-F]+)/)?.1,
            let value = Int(digits, radix: 16)
        {
            return .integer(String(value))
        }
        if let digits = text.wholeMatch(of: /0o([0-7]+)/)?.1, let value = Int(digits, radix: 8) {
            return .integer(String(value))
        }
        if let whole = text.wholeMatch(of: /([-+]?)0*([0-9]+)/) {
            let sign = whole.1 == "-" && whole.2 != "0" ? "-" : ""
            return .integer(sign + whole.2)
        }
        guard text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil
        else {
            return nil
        }
        return Double(text.hasSuffix(".") ? text + "0" : text).map { .double($0) }
    }
}

/// Puts the parser's events together. Depth and size are bounded, since aliases multiply.
private struct YAMLReader {
    private static let deepest = 100
    private static let mostValues = 100_000

    /// At a fixed place, since it refers to itself.
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private var anchors: [String: (value: JSON, size: Int)] = [:]
    /// The place after the last character.
    private var end = (line: 0, column: 0)
    private var count = 0

    mutating func document(_ bytes: [UInt8]) throws(ParameterError) -> JSON {
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) != 0 else {
            throw ParameterError("YAML: no memory is left")
        }
        defer { yaml_parser_delete(parser) }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let last = String(decoding: lines.last ?? [], as: UTF8.self)
        end = (lines.count - 1, last.unicodeScalars.count)
        return try bytes.withUnsafeBufferPointer { (input) throws(ParameterError) -> JSON in
            yaml_parser_set_input_string(parser, input.baseAddress, input.count)
            var value = JSON.null
            var hasDocument = false
            while true {
                var event = try next()
                defer { yaml_event_delete(&event) }
                switch event.type {
                case YAML_STREAM_END_EVENT: return value
                case YAML_DOCUMENT_START_EVENT:
                    guard !hasDocument else {
                        throw error("expected one document", at: event.start_mark)
                    }
                    hasDocument = true
                    var first = try next()
                    defer { yaml_event_delete(&first) }
                    value = try node(first, depth: 0)
                default: break
                }
            }
        }
    }

    private mutating func next() throws(ParameterError) -> yaml_event_t {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) != 0 else {
            let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not YAML"
            throw error(problem, at: parser.pointee.problem_mark)
        }
        return event
    }

    private mutating func node(_ event: yaml_event_t, depth: Int) throws(ParameterError) -> JSON {
        guard depth < Self.deepest else {
            throw error("nested deeper than \(Self.deepest) levels", at: event.start_mark)
        }
        try grow(1, event)
        let before = count
        let value: JSON
        var anchor: UnsafeMutablePointer<yaml_char_t>?
        switch event.type {
        case YAML_ALIAS_EVENT:
            let name = Self.text(event.data.alias.anchor)
            guard let known = anchors[name] else {
                throw error("the anchor '\(name)' is not known", at: event.start_mark)
            }
            try grow(known.size, event)
            return known.value
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            anchor = scalar.anchor
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let text = String(decoding: bytes, as: UTF8.self)
            value = scalar.plain_implicit != 0 ? YAML.scalar(text) : .string(text)
        case YAML_SEQUENCE_START_EVENT:
            anchor = event.data.sequence_start.anchor
            value = .array(try elements(until: YAML_SEQUENCE_END_EVENT, depth: depth))
        case YAML_MAPPING_START_EVENT:
            anchor = event.data.mapping_start.anchor
            value = .object(try members(depth: depth))
        default: throw error("expected a value", at: event.start_mark)
        }
        if anchor != nil { anchors[Self.text(anchor)] = (value, count - before + 1) }
        return value
    }

    private mutating func elements(
        until end: yaml_event_type_e, depth: Int
    ) throws(ParameterError) -> [JSON] {
        var elements: [JSON] = []
        while true {
            var event = try next()
            defer { yaml_event_delete(&event) }
            if event.type == end { return elements }
            elements.append(try node(event, depth: depth + 1))
        }
    }

    private mutating func members(depth: Int) throws(ParameterError) -> JSONObject {
        var members = JSONObject()
        while true {
            var key = try next()
            defer { yaml_event_delete(&key) }
            if key.type == YAML_MAPPING_END_EVENT { return members }
            guard key.type == YAML_SCALAR_EVENT else {
                throw error("expected a name", at: key.start_mark)
            }
            let scalar = key.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let name = String(decoding: bytes, as: UTF8.self)
            guard members[name] == nil else {
                throw error("'\(name)' is given twice", at: key.start_mark)
            }
            var value = try next()
            defer { yaml_event_delete(&value) }
            members[name] = try node(value, depth: depth + 1)
        }
    }

    private mutating func grow(_ amount: Int, _ event: yaml_event_t) throws(ParameterError) {
        count += amount
        guard count <= Self.mostValues else {
            throw error("more than \(Self.mostValues) values", at: event.start_mark)
        }
    }

    /// The place of an error; libyaml counts the end of a last line as a line of its own.
    private func error(_ problem: String, at mark: yaml_mark_t) -> ParameterError {
        let place = (line: Int(mark.line), column: Int(mark.column))
        let (line, column) = place.line > end.line ? end : place
        return ParameterError("YAML, line \(line + 1), column \(column + 1): \(problem)")
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }
}
