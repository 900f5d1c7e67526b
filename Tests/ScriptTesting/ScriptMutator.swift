/// Makes programs that nobody would write from those of the script tests: tokens are deleted,
/// doubled, swapped, replaced and spliced in from other programs.
///
/// The same seed gives the same programs.
public struct ScriptMutator {
    private let programs: [[Substring]]
    /// Every different token of all programs.
    private let tokens: [Substring]
    private var state: UInt64

    /// Values and marks that upset things wherever they stand.
    private static let upsetting: [Substring] = [
        "0", "-1", "9223372036854775807", "0x8000000000000000", "1e999", ".nan", "nil", "\"\"",
        "[]", "[:]", "{ }", "()", "_", "self", "Self", "$0", "&", "?", "!", "...", "inout", "as!",
        "try", "return", "throw", "defer {", "}", "{", "(", ")", "[", "]", "\"", "\\(", "\n", ";",
        "\"\"\"", "#\"", "é", "🧵", "\u{0}", "1...0", "in", "where", "case", "let", "func f",
    ]

    /// A mutator over the given programs.
    public init(programs: [String], seed: UInt64) {
        self.programs = programs.map(Self.tokens)
        tokens = Array(Set(self.programs.joined())).sorted()
        state = seed
    }

    /// The next program.
    public mutating func next() -> String {
        var program = programs[below(programs.count)]
        for _ in 0...below(4) { mutate(&program) }
        return program.joined()
    }

    private mutating func mutate(_ program: inout [Substring]) {
        guard !program.isEmpty else { return program.append(contentsOf: Self.upsetting) }
        let position = below(program.count)
        switch below(8) {
        case 0: program.remove(at: position)
        case 1: program.removeSubrange(position..<min(program.count, position + 1 + below(12)))
        case 2: program.insert(program[position], at: position)
        case 3: program.swapAt(position, below(program.count))
        case 4: program[position] = tokens[below(tokens.count)]
        case 5: program[position] = Self.upsetting[below(Self.upsetting.count)]
        case 6: program.insert(Self.upsetting[below(Self.upsetting.count)], at: position)
        default:
            let other = programs[below(programs.count)]
            guard !other.isEmpty else { return }
            let start = below(other.count)
            let piece = other[start..<min(other.count, start + 1 + below(24))]
            program.insert(contentsOf: piece, at: position)
        }
    }

    /// Words, numbers, texts, spaces and single marks; comments are left out.
    private static func tokens(of program: String) -> [Substring] {
        var result: [Substring] = []
        var rest = program[...]
        while let first = rest.first {
            if rest.hasPrefix("//") {
                rest = rest.drop { $0 != "\n" }
                continue
            }
            var end = rest.index(after: rest.startIndex)
            if first.isLetter || first.isNumber || first == "_" {
                end = rest.firstIndex { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? rest.endIndex
            } else if first.isWhitespace {
                end = rest.firstIndex { !$0.isWhitespace } ?? rest.endIndex
            } else if first == "\"", let closing = rest.dropFirst().firstIndex(of: "\"") {
                end = rest.index(after: closing)
            } else if "+-*/%=<>&|!?.".contains(first) {
                end = rest.firstIndex { !"+-*/%=<>&|!?.".contains($0) } ?? rest.endIndex
            }
            result.append(rest[..<end])
            rest = rest[end...]
        }
        return result
    }

    /// A number from 0 up to `limit`, by SplitMix64.
    private mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}
