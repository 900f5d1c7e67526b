/// Bytes from text, the form in which notebooks hold pictures (RFC 4648, with padding).
enum Base64 {
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
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
        var values = [Int?](repeating: nil, count: 256)
        for (value, letter) in letters.enumerated() { values[Int(letter)] = value }
        return values
    }()
}
