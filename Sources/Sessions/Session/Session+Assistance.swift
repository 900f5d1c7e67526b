import Hosting
import Language

/// What can be written at a cursor. Positions count Unicode scalars, as front ends do.
public struct CompletionReply: Sendable, Equatable {
    public struct Item: Sendable, Equatable {
        /// What replaces the range.
        public var text: String
        /// `function`, `variable`, `property`, `method`, `type`, `label`, `keyword`, `case`, `key`,
        /// `command` or `path`.
        public var type: String
        /// The declaration; may be empty.
        public var signature: String

        public init(text: String, type: String, signature: String = "") {
            self.text = text
            self.type = type
            self.signature = signature
        }
    }

    public var items: [Item]
    /// Where the text that an item replaces begins.
    public var start: Int
    /// Where it ends.
    public var end: Int

    public init(items: [Item], start: Int, end: Int) {
        self.items = items
        self.start = start
        self.end = end
    }
}

extension Session {
    /// What can be written at the cursor.
    public func complete(_ source: String, cursor: Int) -> CompletionReply {
        let offset = Cursor.utf8Offset(cursor, in: source)
        if let reply = completeCommand(source, offset: offset) { return reply }
        return completeCode(source, from: 0, offset: offset)
    }

    /// What is known about the name at the cursor; `nil` where there is none.
    ///
    /// - Parameter detail: 0 for signature, type and description, 1 for the example too.
    public func inspect(_ source: String, cursor: Int, detail: Int = 0) -> MIMEBundle? {
        let offset = Cursor.utf8Offset(cursor, in: source)
        guard let found = interpreter.inspect(source, at: offset) else { return nil }
        return InspectionText.bundle(found, detail: detail)
    }

    /// The declarations of the function whose arguments the cursor stands among; none elsewhere.
    public func signatures(_ source: String, cursor: Int) -> [String] {
        let offset = Cursor.utf8Offset(cursor, in: source)
        return interpreter.callSignatures(source, at: offset)
    }

    /// Whether the source can run as it stands, needs more lines or never will.
    public func completeness(_ source: String) -> Completeness {
        guard let call = CommandCall(source) else { return interpreter.completeness(of: source) }
        guard let command = Command.named(call.name), command.takesCode, !call.argument.isEmpty
        else { return .complete }
        return interpreter.completeness(of: call.argument)
    }

    /// Completes the code that begins at a UTF-8 offset of the source.
    func completeCode(_ source: String, from start: Int, offset: Int) -> CompletionReply {
        let code = String(source.utf8.dropFirst(start)) ?? ""
        let found = interpreter.complete(code, at: offset - start)
        if let path = found.path {
            return completePath(source, from: offset - path.utf8.count, offset: offset)
        }
        return CompletionReply(
            items: found.items.map {
                CompletionReply.Item(text: $0.text, type: $0.kind, signature: $0.signature)
            },
            start: Cursor.scalars(before: start + found.replacing.lowerBound, in: source),
            end: Cursor.scalars(before: start + found.replacing.upperBound, in: source))
    }
}

/// Positions in a source: front ends count Unicode scalars, the language UTF-8 bytes.
enum Cursor {
    /// The UTF-8 offset after so many scalars, kept within the text.
    static func utf8Offset(_ scalars: Int, in text: String) -> Int {
        text.unicodeScalars.prefix(max(0, scalars)).reduce(0) { $0 + UTF8.width($1) }
    }

    /// How many scalars begin before a UTF-8 offset.
    static func scalars(before offset: Int, in text: String) -> Int {
        var bytes = 0
        var count = 0
        for scalar in text.unicodeScalars {
            guard bytes < offset else { break }
            bytes += UTF8.width(scalar)
            count += 1
        }
        return count
    }
}

/// What is known about a name, as a person reads it.
enum InspectionText {
    static func bundle(_ found: Inspection, detail: Int) -> MIMEBundle {
        var plain: [String] = found.signatures
        var markdown: [String] = []
        if !found.signatures.isEmpty {
            markdown.append("```swift\n" + found.signatures.joined(separator: "\n") + "\n```")
        } else {
            plain.append("\(found.name): \(found.type)")
            markdown.append("```swift\n\(found.name): \(found.type)\n```")
        }
        if let value = found.value {
            plain.append("value: \(value)")
            markdown.append("```\n\(value)\n```")
        }
        if !found.documentation.isEmpty {
            plain += ["", found.documentation]
            // Two spaces at the end of a line keep it one in Markdown.
            markdown.append(
                found.documentation.split(separator: "\n", omittingEmptySubsequences: false)
                    .joined(separator: "  \n"))
        }
        if detail > 0, !found.example.isEmpty {
            plain += ["", "Example:"] + found.example.split(separator: "\n").map { "    \($0)" }
            markdown.append("```swift\n\(found.example)\n```")
        }
        var bundle = MIMEBundle(plain: plain.joined(separator: "\n"))
        bundle["text/markdown"] = .text(markdown.joined(separator: "\n\n"))
        return bundle
    }
}
