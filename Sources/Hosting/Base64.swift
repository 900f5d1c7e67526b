/// A picture as an `<img>` that stands in HTML with other things, at most as wide as they are.
///
/// Pages that do not trust a notebook keep such images, and take drawings out of its HTML.
///
/// - Parameters:
///   - type: what the bytes are, such as `image/png`.
///   - alternative: what it shows, said where pictures are not.
package func inlineImage(_ bytes: [UInt8], type: String, alternative: String) -> String {
    "<img alt=\"\(escapedHTML(alternative))\" style=\"max-width:100%\" "
        + "src=\"data:\(type);base64,\(base64(bytes))\">"
}

/// Bytes as base64 text, for pictures inside HTML.
package func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        var bits: UInt32 = 0
        for (index, byte) in group.enumerated() { bits |= UInt32(byte) << (16 - 8 * index) }
        for index in 0..<4 {
            let digit = digits[Int(bits >> (18 - 6 * index)) & 63]
            text.append(index <= group.count ? digit : UInt8(ascii: "="))
        }
    }
    return String(decoding: text, as: UTF8.self)
}
