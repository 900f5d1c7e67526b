import Glibc

extension Session {
    /// Completes a command's name or its argument; `nil` where the source is code.
    func completeCommand(_ source: String, offset: Int) -> CompletionReply? {
        let bytes = Array(source.utf8)
        let lead = bytes.prefix { $0 == 0x20 || $0 == 0x09 }.count
        guard lead < offset, bytes[lead] == UInt8(ascii: ":") || bytes[lead] == UInt8(ascii: "?")
        else { return nil }
        if bytes[lead] == UInt8(ascii: "?") {
            return completeCode(source, from: lead + 1, offset: offset)
        }
        let nameEnd = bytes[lead...].firstIndex { $0 == 0x20 || $0 == 0x0A } ?? bytes.count
        let name = String(decoding: bytes[(lead + 1)..<nameEnd], as: UTF8.self)
        guard offset > nameEnd else { return completeName(source, from: lead, offset: offset) }
        guard let command = Command.named(name) else { return nil }
        if command.takesFile { return completePath(source, from: nameEnd + 1, offset: offset) }
        return completeCode(source, from: nameEnd + 1, offset: offset)
    }

    private func completeName(_ source: String, from start: Int, offset: Int) -> CompletionReply {
        let typed = String(decoding: Array(source.utf8)[start..<offset], as: UTF8.self)
        let items = Command.all.filter { ":\($0.name)".hasPrefix(typed) }.map { command in
            CompletionReply.Item(
                text: ":\(command.name)", type: "command", signature: command.arguments)
        }
        return CompletionReply(
            items: items, start: Cursor.scalars(before: start, in: source),
            end: Cursor.scalars(before: offset, in: source))
    }

    /// Completes a path that begins at a UTF-8 offset of the source.
    func completePath(_ source: String, from start: Int, offset: Int) -> CompletionReply {
        let typed = String(decoding: Array(source.utf8)[start..<offset], as: UTF8.self)
        let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
        let prefix = typed.dropFirst(folder.count)
        let names = FilePath.names(in: FilePath.expanded(folder.isEmpty ? "." : folder))
        let items = names.filter { name in
            name.hasPrefix(prefix) && (!name.hasPrefix(".") || prefix.hasPrefix("."))
        }.map { CompletionReply.Item(text: folder + $0, type: "path") }
        return CompletionReply(
            items: items, start: Cursor.scalars(before: start, in: source),
            end: Cursor.scalars(before: offset, in: source))
    }
}

/// Paths as people type them.
enum FilePath {
    /// The path with `~` replaced by the home folder and quotes around it removed.
    static func expanded(_ path: String) -> String {
        var path = path
        if path.count > 1, path.first == "\"", path.last == "\"" {
            path = String(path.dropFirst().dropLast())
        }
        guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
        return String(cString: home) + path.dropFirst()
    }

    /// The names in a folder in order, folders with a `/` at the end; none where it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
            names.append(isFolder ? name + "/" : name)
        }
        return names.sorted()
    }
}
