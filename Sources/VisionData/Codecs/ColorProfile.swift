/// An ICC colour profile (ICC.1:2022), of which only the name is read.
enum ColorProfile {
    /// The profile's description; `unnamed` where it has none that can be read.
    static func name(_ profile: [UInt8]) -> String {
        let text = described(profile)?.trimmingPrefix(while: \.isWhitespace)
        return text.flatMap { $0.isEmpty ? nil : String($0.prefix(100)) } ?? "unnamed"
    }

    private static func described(_ profile: [UInt8]) -> String? {
        func number(_ offset: Int) -> Int? {
            guard offset >= 0, offset <= profile.count - 4 else { return nil }
            return profile[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        func bytes(_ offset: Int, _ count: Int) -> ArraySlice<UInt8>? {
            guard offset >= 0, count >= 0, count <= profile.count, offset <= profile.count - count
            else { return nil }
            return profile[offset..<offset + count]
        }
        guard let count = number(128) else { return nil }
        for entry in 0..<min(count, 200) {
            let start = 132 + 12 * entry
            guard let tag = bytes(start, 4), let offset = number(start + 4) else { return nil }
            guard tag.elementsEqual("desc".utf8), let kind = bytes(offset, 4) else { continue }
            if kind.elementsEqual("desc".utf8), let length = number(offset + 8),
                let text = bytes(offset + 12, length)
            {
                return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
            }
            if kind.elementsEqual("mluc".utf8), let length = number(offset + 20),
                let place = number(offset + 24), let text = bytes(offset + place, length)
            {
                let pairs = stride(from: text.startIndex, to: text.endIndex - 1, by: 2)
                return String(
                    decoding: pairs.map { UInt16(text[$0]) << 8 | UInt16(text[$0 + 1]) },
                    as: UTF16.self)
            }
        }
        return nil
    }
}
