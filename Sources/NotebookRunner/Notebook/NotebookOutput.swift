import Hosting
import Sessions

/// One output of a code cell, as the notebook format names them.
public enum NotebookOutput: Sendable, Equatable {
    /// Printed text of one stream.
    case stream(OutputStream, String)
    /// The value of the cell's last expression.
    case result(JSONObject, count: Int)
    /// A value that was displayed.
    case display(JSONObject)
    case error(name: String, message: String, traceback: [String])
    /// An output this program does not know, kept as it is.
    case other(JSONObject)

    /// An output in its stored form, with texts in one piece; `nil` for anything but an object.
    init?(_ json: JSON) {
        guard let members = json.members else { return nil }
        self = Self.known(members) ?? .other(members)
        // Members that the cases have no place for must not get lost.
        if self.json != json { self = .other(members) }
    }

    private static func known(_ members: JSONObject) -> NotebookOutput? {
        switch members["output_type"]?.text {
        case "stream":
            guard let name = members["name"]?.text, let stream = OutputStream(rawValue: name),
                let text = members["text"]?.text
            else { return nil }
            return .stream(stream, text)
        case "execute_result":
            guard let data = members["data"]?.members, let count = members["execution_count"]?.int
            else { return nil }
            return .result(data, count: count)
        case "display_data":
            return members["data"]?.members.map { .display($0) }
        case "error":
            guard let name = members["ename"]?.text, let message = members["evalue"]?.text,
                let traceback = members["traceback"]?.elements
            else { return nil }
            return .error(
                name: name, message: message, traceback: traceback.compactMap(\.text))
        default: return nil
        }
    }

    /// The stored form, with texts in one piece.
    var json: JSON {
        switch self {
        case .stream(let stream, let text):
            ["output_type": "stream", "name": .string(stream.rawValue), "text": .string(text)]
        case .result(let data, let count):
            [
                "output_type": "execute_result", "data": .object(data),
                "metadata": .object(JSONObject()), "execution_count": .integer(String(count)),
            ]
        case .display(let data):
            [
                "output_type": "display_data", "data": .object(data),
                "metadata": .object(JSONObject()),
            ]
        case .error(let name, let message, let traceback):
            [
                "output_type": "error", "ename": .string(name), "evalue": .string(message),
                "traceback": .array(traceback.map { .string($0) }),
            ]
        case .other(let members): .object(members)
        }
    }

    /// The forms of a value as a notebook stores them: pictures in Base64, JSON as JSON.
    static func data(_ bundle: MIMEBundle) -> JSONObject {
        var data = JSONObject()
        for item in bundle.items {
            switch item.content {
            case .text(let text): data[item.type] = .string(text)
            case .bytes(let bytes): data[item.type] = .string(base64(bytes))
            case .json(let text):
                // A form that is not the JSON it says to be is left out; the others still show.
                data[item.type] = try? JSON(parsing: text)
            }
        }
        return data
    }

    /// The forms of a stored value as whoever shows them needs them: pictures as bytes.
    static func bundle(_ data: JSONObject) -> MIMEBundle {
        var bundle = MIMEBundle(plain: data["text/plain"]?.text ?? "")
        for form in data.members {
            if form.name.hasPrefix("image/"), form.name != "image/svg+xml" {
                bundle[form.name] = form.value.text.flatMap(Base64.decode).map { .bytes($0) }
            } else if NotebookCell.isJSON(form.name) {
                bundle[form.name] = .json(form.value.notebookText)
            } else if let text = form.value.text {
                bundle[form.name] = .text(text)
            }
        }
        return bundle
    }
}
