import Glibc

extension Builtins {
    static var strings: [Binding] {
        textMakers + ["String", "Substring"].flatMap { texts($0) } + characters
    }

    private static var textMakers: [Binding] {
        [
            self.static("CharacterSet", "whitespaces: CharacterSet", "Blanks and tabs.") { _ in
                .string("whitespaces")
            },
            self.static(
                "CharacterSet", "whitespacesAndNewlines: CharacterSet",
                "Blanks, tabs and line ends."
            ) { _ in
                .string("whitespacesAndNewlines")
            },
            initializer("String", "init() -> String", "The empty text.") { _ in .string("") },
            initializer("String", "init(_ value: Any) -> String", "The text of a value.") {
                .string(characters($0[0]).map { String($0) } ?? $0[0].description)
            },
            initializer(
                "String", "init(format: String, _ values: Any...) -> String",
                "Values in the places of a format, such as %d, %.2f and %@."
            ) {
                .string(try FormattedText.text(try string($0[0]), try elements($0[1])))
            },
            initializer("String", "init(describing value: Any) -> String", "The text of a value.") {
                .string($0[0].description)
            },
            initializer(
                "String", "init(repeating text: String, count: Int) -> String", "A text many times."
            ) {
                let count = try int($0[1])
                let text = try string($0[0])
                let (size, overflow) = text.utf8.count.multipliedReportingOverflow(
                    by: max(count, 0))
                guard count >= 0, !overflow, size <= Machine.maximumBytes else {
                    throw RuntimeFault(.memory, "String(repeating:count:): \(count) cannot be made")
                }
                return .string(text.isEmpty ? "" : String(repeating: text, count: count))
            },
            initializer(
                "String", "init(_ value: Int, radix: Int) -> String", "A number in another base."
            ) {
                let radix = try int($0[1])
                guard (2...36).contains(radix) else {
                    throw RuntimeFault(
                        .argument, "String(_:radix:): radix should be in 2...36, got \(radix)")
                }
                return .string(String(try int($0[0]), radix: radix))
            },
            initializer(
                "Character", "init(_ text: String) -> Character", "A text of one character."
            ) {
                let text = try string($0[0])
                guard text.count == 1, let character = text.first else {
                    throw RuntimeFault(
                        .argument, "Character(_:): expected one character, got \($0[0].shortText)")
                }
                return .character(character)
            },
        ]
    }

    /// What a text and a part of one can do.
    private static func texts(_ owner: String) -> [Binding] {
        [
            member(owner, "uppercased() -> String", "In capital letters.") {
                .string(try string($0[0]).uppercased())
            },
            member(owner, "lowercased() -> String", "In small letters.") {
                .string(try string($0[0]).lowercased())
            },
            member(owner, "hasPrefix(_ prefix: String) -> Bool", "Whether it begins so.") {
                .bool(try string($0[0]).hasPrefix(try string($0[1])))
            },
            member(owner, "hasSuffix(_ suffix: String) -> Bool", "Whether it ends so.") {
                .bool(try string($0[0]).hasSuffix(try string($0[1])))
            },
            member(owner, "contains(_ part: String) -> Bool", "Whether the part is in it.") {
                .bool(contains(try string($0[0]), try string($0[1])))
            },
            member(
                owner, "components(separatedBy separator: String) -> [String]",
                "The pieces between separators, empty ones too."
            ) {
                .array(
                    pieces(try string($0[0]), try string($0[1]), keepEmpty: true).map {
                        .string($0)
                    })
            },
            member(
                owner, "replacingOccurrences(of part: String, with other: String) -> String",
                "Each part replaced."
            ) {
                let kept = pieces(try string($0[0]), try string($0[1]), keepEmpty: true)
                let other = try string($0[2])
                let gaps = other.utf8.count.multipliedReportingOverflow(by: kept.count - 1)
                try Machine.checkRoom(bytes: gaps.overflow ? Int.max : gaps.partialValue)
                return .string(kept.joined(separator: other))
            },
            member(
                owner, "trimmingCharacters(in characters: CharacterSet) -> String",
                "Without those characters at its ends."
            ) {
                let text = try string($0[0])
                let withLines = $0[1] == .string("whitespacesAndNewlines")
                func isSpace(_ c: Character) -> Bool {
                    withLines ? c.isWhitespace : c == " " || c == "\t"
                }
                let trimmed = text.drop(while: isSpace)
                var end = trimmed.endIndex
                while end > trimmed.startIndex {
                    let before = trimmed.index(before: end)
                    if !isSpace(trimmed[before]) { break }
                    end = before
                }
                return .string(String(trimmed[..<end]))
            },
        ]
    }

    private static var characters: [Binding] {
        [
            member("Character", "isLetter: Bool", "Whether it is a letter.") {
                .bool(try string($0[0]).first?.isLetter ?? false)
            },
            member("Character", "isNumber: Bool", "Whether it is a number.") {
                .bool(try string($0[0]).first?.isNumber ?? false)
            },
            member("Character", "isWhitespace: Bool", "Whether it is a blank.") {
                .bool(try string($0[0]).first?.isWhitespace ?? false)
            },
            member("Character", "isUppercase: Bool", "Whether it is a capital.") {
                .bool(try string($0[0]).first?.isUppercase ?? false)
            },
            member("Character", "isLowercase: Bool", "Whether it is a small letter.") {
                .bool(try string($0[0]).first?.isLowercase ?? false)
            },
            member("Character", "isPunctuation: Bool", "Whether it is punctuation.") {
                .bool(try string($0[0]).first?.isPunctuation ?? false)
            },
            member("Character", "uppercased() -> String", "In capitals.") {
                .string(try string($0[0]).uppercased())
            },
            member("Character", "lowercased() -> String", "In small letters.") {
                .string(try string($0[0]).lowercased())
            },
            member("Character", "isNewline: Bool", "Whether it ends a line.") {
                .bool(try string($0[0]).first?.isNewline ?? false)
            },
            member("Character", "isSymbol: Bool", "Whether it is a symbol.") {
                .bool(try string($0[0]).first?.isSymbol ?? false)
            },
            member("Character", "isASCII: Bool", "Whether it is an ASCII character.") {
                .bool(try string($0[0]).first?.isASCII ?? false)
            },
            member("Character", "isHexDigit: Bool", "Whether it is a digit in base 16.") {
                .bool(try string($0[0]).first?.isHexDigit ?? false)
            },
            member("Character", "isWholeNumber: Bool", "Whether it stands for a whole number.") {
                .bool(try string($0[0]).first?.isWholeNumber ?? false)
            },
            member("Character", "hexDigitValue: Int?", "The digit it is in base 16, or nil.") {
                optional(try string($0[0]).first?.hexDigitValue.map { .int($0) })
            },
            member("Character", "asciiValue: Int?", "Its ASCII code, or nil.") {
                optional(try string($0[0]).first?.asciiValue.map { .int(Int($0)) })
            },
            member("Character", "wholeNumberValue: Int?", "The number it stands for, or nil.") {
                optional(try string($0[0]).first?.wholeNumberValue.map { .int($0) })
            },
        ]
    }

    /// Where bytes first stand in others, at or after a start.
    static func find(
        _ wanted: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>,
        from start: Int = 0
    ) -> Int? {
        guard let base = bytes.baseAddress, let mark = wanted.baseAddress, wanted.count > 0
        else { return nil }
        var position = start
        while position + wanted.count <= bytes.count {
            guard
                let found = memchr(
                    base + position, Int32(mark[0]), bytes.count - wanted.count - position + 1)
            else { return nil }
            position = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            if memcmp(base + position, mark, wanted.count) == 0 { return position }
            position += 1
        }
        return nil
    }

    /// A text cut at each separator.
    static func pieces(_ text: String, _ separator: String, keepEmpty: Bool) -> [String] {
        guard !separator.isEmpty else { return [text] }
        var (text, separator) = (text, separator)
        var result: [String] = []
        text.withUTF8 { bytes in
            separator.withUTF8 { mark in
                var start = 0
                func add(_ end: Int) {
                    if keepEmpty || end > start {
                        result.append(
                            String(
                                decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]),
                                as: UTF8.self))
                    }
                }
                while let end = find(mark, in: bytes, from: start) {
                    add(end)
                    start = end + mark.count
                }
                add(bytes.count)
            }
        }
        return result
    }

    /// What a sequence holds, if that is Characters alone.
    private static func characters(_ value: Value) -> [Character]? {
        let values: [Value]
        switch value {
        case .array(let elements): values = elements
        case .slice(let elements): values = Array(elements)
        case .set(let elements): values = Array(elements)
        default: return nil
        }
        var result: [Character] = []
        for value in values {
            guard case .character(let character) = value else { return nil }
            result.append(character)
        }
        return result.isEmpty ? nil : result
    }
}
