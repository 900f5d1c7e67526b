import Hosting
import Sessions

/// What a cell puts out, as a notebook stores it.
package enum WorkerEvent: Sendable, Equatable {
    /// Printed bytes, which may end within a character.
    case text([UInt8], OutputStream)
    case display(JSONObject, id: String?)
    case update(JSONObject, id: String)
    case clear(wait: Bool)
    /// A state of a long piece of work; states with one identifier replace each other. A milestone
    /// is told by logs too.
    case progress(JSONObject, id: String, isMilestone: Bool)
    /// The cell's line that is being carried out, from 1.
    case line(Int)
}

extension WorkerEvent {
    /// An event in the form that is sent.
    var frame: Frame {
        switch self {
        case .text(let bytes, .standardOutput): Frame(kind: .output, payload: bytes)
        case .text(let bytes, .standardError): Frame(kind: .error, payload: bytes)
        case .display(let data, let id): Self.frame(.display, ["data": .object(data)], id: id)
        case .update(let data, let id): Self.frame(.update, ["data": .object(data)], id: id)
        case .clear(let wait): Self.frame(.clear, ["wait": .bool(wait)], id: nil)
        case .progress(let data, let id, let isMilestone):
            Self.frame(
                .progress, ["data": .object(data), "milestone": .bool(isMilestone)], id: id)
        case .line(let line): Frame(kind: .line, payload: Array(String(line).utf8))
        }
    }

    private static func frame(_ kind: Frame.Kind, _ content: JSON, id: String?) -> Frame {
        var members = content.members ?? JSONObject()
        members["id"] = id.map { .string($0) }
        return Frame(kind: kind, payload: Array(JSON.object(members).notebookText.utf8))
    }

    /// The event that a frame is; `nil` for frames of other kinds and for what makes no sense.
    init?(_ frame: Frame) {
        func members() -> JSONObject? { (try? JSON(parsing: frame.payload))?.members }
        func data(_ make: (JSONObject, String?, JSONObject) -> WorkerEvent?) -> WorkerEvent? {
            guard let members = members(), let data = members["data"]?.members else { return nil }
            return make(data, members["id"]?.text, members)
        }
        let event: WorkerEvent?
        switch frame.kind {
        case .output: event = .text(frame.payload, .standardOutput)
        case .error: event = .text(frame.payload, .standardError)
        case .display: event = data { data, id, _ in .display(data, id: id) }
        case .update: event = data { data, id, _ in id.map { .update(data, id: $0) } }
        case .progress:
            event = data { data, id, members in
                id.map { .progress(data, id: $0, isMilestone: members["milestone"] == true) }
            }
        case .clear: event = members().map { .clear(wait: $0["wait"] == true) }
        case .line:
            event = Int(String(decoding: frame.payload, as: UTF8.self)).map { .line($0) }
        case .execute, .interrupt, .ended: event = nil
        }
        guard let event else { return nil }
        self = event
    }
}

/// How a cell ended in the process that ran it.
struct CellEnd: Sendable, Equatable {
    /// The cell's number.
    var count: Int
    /// The forms of its value.
    var result: JSONObject?
    /// Why it failed.
    var failure: CellFailure?
}

/// The error that a cell ended with.
struct CellFailure: Sendable, Equatable {
    var name: String
    var message: String
    /// The lines a notebook shows, in ANSI colours.
    var traceback: [String]
    /// The same text without colour.
    var rendered: String
    /// The line of the cell where it happened or which called what failed; `nil` without one.
    var line: Int?
}

extension CellEnd {
    /// How an outcome of a session is told.
    init(_ outcome: Outcome) {
        count = outcome.count
        switch outcome {
        case .success(_, let value, _): result = value.map(NotebookOutput.data)
        case .failure(let count, let error):
            failure = CellFailure(
                name: error.name, message: error.message, traceback: error.traceback,
                rendered: error.rendered, line: error.line(in: "In [\(count)]"))
        }
    }

    /// The form that is sent.
    var payload: [UInt8] {
        var members = JSONObject()
        members["count"] = .integer(String(count))
        members["result"] = result.map { .object($0) }
        if let failure {
            var error: JSON = [
                "name": .string(failure.name), "message": .string(failure.message),
                "traceback": .array(failure.traceback.map { .string($0) }),
                "rendered": .string(failure.rendered),
            ]
            if let line = failure.line, var members = error.members {
                members["line"] = .integer(String(line))
                error = .object(members)
            }
            members["failure"] = error
        }
        return Array(JSON.object(members).notebookText.utf8)
    }

    /// The ending in what was sent; `nil` for what makes no sense.
    init?(payload: [UInt8]) {
        guard let members = (try? JSON(parsing: payload))?.members,
            let count = members["count"]?.int
        else { return nil }
        self.count = count
        result = members["result"]?.members
        if let error = members["failure"]?.members {
            failure = CellFailure(
                name: error["name"]?.text ?? "", message: error["message"]?.text ?? "",
                traceback: error["traceback"]?.elements?.compactMap(\.text) ?? [],
                rendered: error["rendered"]?.text ?? "", line: error["line"]?.int)
        }
    }
}
