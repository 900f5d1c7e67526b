/// What a terminal says when it is asked what it can.
///
///     let answers = TerminalAnswers(parsing: Array("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;4c".utf8))
///     answers.graphics  // .kitty
public struct TerminalAnswers: Sendable, Equatable {
    /// How pictures get onto a terminal.
    public enum Graphics: String, Sendable, CaseIterable {
        /// The protocol of the terminal kitty, which Ghostty, Konsole and WezTerm understand too.
        case kitty
        /// Inline images of iTerm2.
        case iterm
        /// Sixels, of the VT340 and of xterm, foot, mlterm, Windows Terminal and tmux.
        case sixel
        /// Coloured characters, each half a block.
        case blocks
    }

    /// The best way it offers.
    public var graphics = Graphics.blocks
    /// The pixels of one character, where it says.
    public private(set) var cell: (width: Int, height: Int)?
    /// Whether the answer came that every terminal gives, and that it gives last.
    public private(set) var isComplete = false
    /// What was no answer: keys that were pressed meanwhile.
    public private(set) var keys: [UInt8] = []

    /// What is asked, in this order: whether a picture of one pixel would be shown, for its name and
    /// version, for the size of a character, and for its kind, which every terminal answers.
    public static let question =
        "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\\u{1B}[>q\u{1B}[16t\u{1B}[c"

    /// Reads answers, and keeps what is none.
    public init(parsing bytes: [UInt8]) {
        var scanner = Scanner(bytes: bytes)
        while let piece = scanner.next() {
            switch piece {
            case .key(let byte): keys.append(byte)
            case .control(let text): readControl(text)
            case .string(let text): readString(text)
            }
        }
        keys += scanner.rest
    }

    public static func == (left: TerminalAnswers, right: TerminalAnswers) -> Bool {
        left.graphics == right.graphics && left.cell?.width == right.cell?.width
            && left.cell?.height == right.cell?.height && left.isComplete == right.isComplete
            && left.keys == right.keys
    }

    private mutating func offer(_ offered: Graphics) {
        let order = Graphics.allCases
        if let new = order.firstIndex(of: offered), let old = order.firstIndex(of: graphics),
            new < old
        {
            graphics = offered
        }
    }

    /// `?62;4;22c` tells its kind, `6;20;10t` the height and width of a character.
    private mutating func readControl(_ text: String) {
        let numbers = text.dropLast().drop { $0 == "?" }.split(separator: ";").map { Int($0) ?? 0 }
        if text.hasPrefix("?"), text.last == "c" {
            if numbers.dropFirst().contains(4) { offer(.sixel) }
            isComplete = true
        } else if text.last == "t", numbers.count == 3, numbers[0] == 6, numbers[1] > 0,
            numbers[2] > 0
        {
            cell = (width: min(numbers[2], 200), height: min(numbers[1], 400))
        } else {
            keys += Array("\u{1B}[\(text)".utf8)
        }
    }

    /// `_Gi=31;OK` accepts a picture, `P>|name(version)` tells a name.
    private mutating func readString(_ text: String) {
        if text.hasPrefix("_G") {
            if text.hasSuffix(";OK") { offer(.kitty) }
        } else if text.hasPrefix("P>|iTerm2") || text.hasPrefix("P>|mintty") {
            offer(.iterm)
        }
    }

    /// Cuts what came into answers and keys.
    private struct Scanner {
        enum Piece {
            case key(UInt8)
            /// The parameters and the letter of a control sequence.
            case control(String)
            /// A string of the terminal's, with the letter that introduced it.
            case string(String)
        }

        let bytes: [UInt8]
        var index = 0

        /// What is left: an answer that has not come whole.
        var rest: ArraySlice<UInt8> { bytes[index...] }

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func next() -> Piece? {
            guard index < bytes.count else { return nil }
            guard bytes[index] == 0x1B, index + 1 < bytes.count else {
                index += 1
                return .key(bytes[index - 1])
            }
            switch bytes[index + 1] {
            case UInt8(ascii: "["):
                let start = index + 2
                guard
                    let end = bytes[start...].firstIndex(where: { (0x40...0x7E).contains($0) })
                else { return nil }
                index = end + 1
                return .control(String(decoding: bytes[start...end], as: UTF8.self))
            case UInt8(ascii: "_"), UInt8(ascii: "P"):
                let start = index + 1
                guard let end = terminator(from: start) else { return nil }
                index = end + 2
                return .string(String(decoding: bytes[start..<end], as: UTF8.self))
            default:
                index += 1
                return .key(0x1B)
            }
        }

        private func terminator(from start: Int) -> Int? {
            bytes.indices.dropLast().first {
                $0 >= start && bytes[$0] == 0x1B && bytes[$0 + 1] == UInt8(ascii: "\\")
            }
        }
    }
}
