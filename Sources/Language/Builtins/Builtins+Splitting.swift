extension Builtins {
    /// The pieces of a text between separators.
    static func split(_ text: Substring, at separator: Character, _ most: Int, omitting: Bool)
        -> [Value]
    {
        if most == .max, let pieces = plainPieces(text, separator, omitting) { return pieces }
        return text.split(
            separator: separator, maxSplits: most, omittingEmptySubsequences: omitting
        ).map { .substring($0) }
    }

    static func split(_ text: Substring, at separator: String, _ most: Int, omitting: Bool)
        -> [Value]
    {
        if separator.utf8.count == 1, let character = separator.first {
            return split(text, at: character, most, omitting: omitting)
        }
        return text.split(
            separator: separator, maxSplits: most, omittingEmptySubsequences: omitting
        ).map { .substring($0) }
    }

    /// The pieces of a text in which each byte is a character, found byte by byte; `nil` for others.
    private static func plainPieces(
        _ text: Substring, _ separator: Character, _ omitting: Bool
    ) -> [Value]? {
        guard separator.utf8.count == 1, let mark = separator.utf8.first else { return nil }
        let cuts = text.utf8.withContiguousStorageIfAvailable { bytes -> [Int]? in
            guard Characters.arePlain(bytes) else { return nil }
            var cuts: [Int] = []
            for (offset, byte) in bytes.enumerated() where byte == mark { cuts.append(offset) }
            cuts.append(bytes.count)
            return cuts
        }
        guard let cuts = cuts ?? nil else { return nil }
        var pieces: [Value] = []
        pieces.reserveCapacity(cuts.count)
        let bytes = text.utf8
        var start = bytes.startIndex
        var offset = 0
        for cut in cuts {
            let end = bytes.index(start, offsetBy: cut - offset)
            if !omitting || cut > offset {
                pieces.append(.substring(Substring(bytes[start..<end])))
            }
            if end < bytes.endIndex { start = bytes.index(after: end) }
            offset = cut + 1
        }
        return pieces
    }
}
