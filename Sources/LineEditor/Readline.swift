@preconcurrency import CReadline
import Glibc

/// The terminal library's one state: its settings, and the editor that its callbacks belong to.
enum Readline {
    /// The editor that is reading. readline's callbacks carry no context; they run on the thread
    /// that reads, and only it touches this.
    nonisolated(unsafe) static weak var editor: LineEditor?

    /// A text and the cursor in it.
    struct Place: Equatable {
        var text: String
        var point: Int32

        /// The present ones.
        static var current: Place { Place(text: Readline.line, point: rl_point) }
    }

    /// Chooses the settings. Keys that the person's own `inputrc` binds stay bound.
    static func setUp() {
        setlocale(LC_CTYPE, "")
        let encoding = String(cString: nl_langinfo(Int32(CODESET)))
        if encoding != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
        // readline keeps the pointer for ever.
        rl_readline_name = UnsafePointer(strdup("visionrepl"))
        rl_catch_signals = 0
        rl_catch_sigwinch = 0
        rl_variable_bind("enable-bracketed-paste", "on")
        // They would take our bindings of these keys away each time the terminal is made ready.
        rl_variable_bind("bind-tty-special-chars", "off")
        rl_initialize()
        rl_redisplay_function = { Readline.editor?.redisplay() }
        rl_getc_function = { stream in Readline.editor?.nextByte() ?? rl_getc(stream) }
        KeyBinding.install()
    }

    /// The text being edited. What is no UTF-8 in it stands as a replacement character.
    static var line: String { text(0..<rl_end) }

    /// The text as the terminal sent it.
    private static var bytes: UnsafeBufferPointer<UInt8> {
        let start = UnsafeRawPointer(rl_line_buffer)?.assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(rl_end))
    }

    /// What readline shows in place of the prompt, such as that of a search; `nil` while it shows
    /// none.
    static var message: String? {
        guard let shown = rl_display_prompt.map({ String(cString: $0) }),
            shown != rl_prompt.map({ String(cString: $0) })
        else { return nil }
        return shown
    }

    /// The offset at which the cursor's line begins, as readline counts.
    static var lineStart: Int32 {
        Int32(bytes[..<Int(rl_point)].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)
    }

    /// The offset at which it ends.
    static var lineEnd: Int32 {
        Int32(bytes[Int(rl_point)...].firstIndex(of: 0x0A) ?? bytes.count)
    }

    /// A part of the text, by readline's offsets.
    static func text(_ range: Range<Int32>) -> String {
        let whole = Int32(0)..<Int32(bytes.count)
        let part = range.clamped(to: whole)
        return String(
            decoding: bytes[Int(part.lowerBound)..<Int(part.upperBound)], as: UTF8.self)
    }

    /// Brings the cursor to an offset, or as near as the text allows.
    static func moveCursor(to point: Int32) { rl_point = max(0, min(point, rl_end)) }

    /// Puts a text in the place of a part of the one being edited, which undo takes back at once.
    static func replace(_ range: Range<Int32>, with text: String) {
        rl_begin_undo_group()
        rl_delete_text(range.lowerBound, range.upperBound)
        moveCursor(to: range.lowerBound)
        rl_insert_text(text)
        rl_end_undo_group()
    }
}
