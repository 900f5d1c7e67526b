import Hosting
import JupyterProtocol

/// Requests about code that run none.
extension Kernel {
    @Sendable func complete(_ request: Message) throws -> [String: JSONValue]? {
        let (code, cursor) = try place(request)
        let list = evaluator.complete(code, cursor: cursor)
        let types = list.items.map { item -> JSONValue in
            [
                "text": .string(item.text), "type": .string(item.kind),
                "signature": .string(item.signature), "start": .integer(list.start),
                "end": .integer(list.end),
            ]
        }
        return [
            "status": "ok", "matches": .array(list.items.map { .string($0.text) }),
            "cursor_start": .integer(list.start), "cursor_end": .integer(list.end),
            "metadata": ["_jupyter_types_experimental": .array(types)],
        ]
    }

    @Sendable func inspect(_ request: Message) throws -> [String: JSONValue]? {
        let (code, cursor) = try place(request)
        let detail = request.content["detail_level"]?.integer ?? 0
        let bundle = evaluator.inspect(code, cursor: cursor, detail: detail)
        return [
            "status": "ok", "found": .bool(bundle != nil), "data": bundle?.json ?? [:],
            "metadata": [:],
        ]
    }

    @Sendable func isComplete(_ request: Message) throws -> [String: JSONValue]? {
        switch evaluator.isComplete(try code(request)) {
        case .complete: return ["status": "complete"]
        case .incomplete(let indent): return ["status": "incomplete", "indent": .string(indent)]
        case .invalid: return ["status": "invalid"]
        }
    }

    @Sendable func history(_ request: Message) throws -> [String: JSONValue]? {
        let query = try HistoryQuery(request)
        let entries = evaluator.history(query).map { entry -> JSONValue in
            let input = JSONValue.string(entry.source)
            let output = entry.output.map { JSONValue.string($0) } ?? .null
            return [
                .integer(entry.session), .integer(entry.line),
                query.wantsOutputs ? [input, output] : input,
            ]
        }
        return ["status": "ok", "history": .array(entries)]
    }

    private func code(_ request: Message) throws -> String {
        guard let code = request.content["code"]?.string else {
            throw RequestError("\(request.type): expected a string as code")
        }
        return code
    }

    /// The code and the cursor in it, at its end where the request names none.
    private func place(_ request: Message) throws -> (String, Int) {
        let code = try code(request)
        let count = code.unicodeScalars.count
        let cursor = request.content["cursor_pos"]?.integer ?? count
        return (code, min(max(0, cursor), count))
    }
}

/// A request whose content is not what its type asks for.
struct RequestError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension HistoryQuery {
    /// Reads a history request. Throws `RequestError` for an unknown kind of access.
    init(_ request: Message) throws {
        let content = request.content
        let outputs = content["output"]?.bool ?? false
        let count = content["n"]?.integer
        switch content["hist_access_type"]?.string {
        case "tail":
            self = .tail(count: count ?? 10, outputs: outputs)
        case "range":
            self = .range(
                session: content["session"]?.integer ?? 0, start: content["start"]?.integer ?? 1,
                stop: content["stop"]?.integer, outputs: outputs)
        case "search":
            self = .search(
                pattern: content["pattern"]?.string ?? "*", count: count,
                unique: content["unique"]?.bool ?? false, outputs: outputs)
        case let kind:
            throw RequestError(
                "history_request: unknown hist_access_type, expected tail, range or search, "
                    + "got \(kind ?? "none")")
        }
    }

    var wantsOutputs: Bool {
        switch self {
        case .tail(_, let outputs), .range(_, _, _, let outputs), .search(_, _, _, let outputs):
            outputs
        }
    }
}
