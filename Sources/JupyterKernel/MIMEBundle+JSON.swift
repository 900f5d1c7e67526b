import FoundationEssentials
import Hosting
import JupyterProtocol

extension MIMEBundle {
    /// The bundle as messages carry it: text as strings, bytes in base 64, JSON as itself.
    var json: JSONValue {
        var members: [String: JSONValue] = [:]
        for item in items {
            switch item.content {
            case .text(let text): members[item.type] = .string(text)
            case .bytes(let bytes):
                members[item.type] = .string(Data(bytes).base64EncodedString())
            case .json(let text):
                // What is not JSON is left out; the other forms still show.
                members[item.type] = try? JSONValue(parsing: Array(text.utf8))
            }
        }
        return .object(members)
    }

    /// The size of its contents, for the record.
    var byteCount: Int {
        items.reduce(0) { sum, item in
            switch item.content {
            case .text(let text), .json(let text): sum + text.utf8.count
            case .bytes(let bytes): sum + bytes.count
            }
        }
    }
}
