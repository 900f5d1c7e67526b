import CMarkdown

/// Texts of Markdown cells: CommonMark with the tables, task lists and links of GitHub.
enum CommonMark {
    /// The HTML of a text.
    static func html(_ text: String) -> String {
        var html: [UInt8] = []
        let flags =
            MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS
            | MD_FLAG_PERMISSIVEURLAUTOLINKS
        let status = withUnsafeMutablePointer(to: &html) { output in
            Array(text.utf8).withUnsafeBytes { bytes in
                md_html(
                    bytes.bindMemory(to: CChar.self).baseAddress, UInt32(clamping: bytes.count),
                    { piece, count, output in
                        guard let piece else { return }
                        let bytes = UnsafeRawBufferPointer(start: piece, count: Int(count))
                        output?.assumingMemoryBound(to: [UInt8].self).pointee += bytes
                    }, output, UInt32(flags), 0)
            }
        }
        guard status == 0 else { return "<pre>\(Markup.escaped(text))</pre>" }
        return String(decoding: html, as: UTF8.self)
    }
}
