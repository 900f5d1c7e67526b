/// Repairs to the SVG documents that cairo writes.
enum SVGDocument {
    /// The document with identifiers that no other drawing has.
    ///
    /// Cairo numbers the shapes of letters from zero in each document, so that two drawings put
    /// into one page would show each other's letters. The identifiers get a prefix made from the
    /// document's content.
    static func withOwnIdentifiers(_ document: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a
        for byte in document.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let prefix = "v" + String(hash, radix: 36) + "-"
        var result: [UInt8] = []
        let bytes = Array(document.utf8)
        result.reserveCapacity(bytes.count + bytes.count / 8)
        let marks = ["id=\"", "xlink:href=\"#", "url(#"].map { Array($0.utf8) }
        var index = 0
        while index < bytes.count {
            if let mark = marks.first(where: {
                $0[0] == bytes[index] && bytes[index...].starts(with: $0)
            }) {
                result += mark
                result += Array(prefix.utf8)
                index += mark.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
