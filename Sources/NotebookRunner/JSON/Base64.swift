/// Bytes as text, the form in which notebooks hold pictures (RFC 4648, with padding, no line ends).
enum Base64 {
    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let available = min(3, bytes.count - index)
            var group = 0
            for offset in 0..<3 {
                group = group << 8 | (offset < available ? Int(bytes[index + offset]) : 0)
            }
            for place in 0..<4 {
                let letter = letters[group >> (18 - 6 * place) & 63]
                text.append(place <= available ? letter : UInt8(ascii: "="))
            }
            index += 3
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text that may hold line ends; `nil` where it is not Base64.
    static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 4 * 3)
        var group = 0
        var bits = 0
        for byte in text.utf8 where byte != 0x0A && byte != 0x0D && byte != UInt8(ascii: "=") {
            guard let value = letterValues[Int(byte)] else { return nil }
            group = (group << 6 | value) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: group >> bits))
            }
        }
        return bytes
    }

    private static let letterValues: [Int?] = {
        var values = [Int?](repeating: nil, count: 256)
        for (value, letter) in letters.enumerated() { values[Int(letter)] = value }
        return values
    }()
}
