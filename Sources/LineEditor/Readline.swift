@preconcurrency import CReadline
import Glibc

/// The terminal library's one state: its settings, and the editor that its callbacks belong to.
enum Readline {
    /// The editor that is reading. readline's callbacks carry no context; they run on the thread
    /// that reads, and only it touches this.
    nonisolated(unsafe) static weak var editor: LineEditor?

    /// Chooses the settings. The person's own `inputrc` is read afterwards and has the last word on
    /// keys and variables.
    static func setUp() {
        setlocale(LC_CTYPE, "")
        let encoding = String(cString: nl_langinfo(Int32(CODESET)))
        if encoding != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
        // readline keeps these two pointers for ever.
        rl_readline_name = UnsafePointer(strdup("visionrepl"))
        rl_completer_word_break_characters = UnsafePointer(
            strdup(" \t\n()[]{}.,;=+-*/%<>!&|^~?\"'"))
        rl_catch_signals = 0
        rl_catch_sigwinch = 0
        rl_variable_bind("show-all-if-ambiguous", "on")
        rl_variable_bind("enable-bracketed-paste", "on")
        rl_variable_bind("completion-query-items", "200")
        rl_initialize()
        rl_attempted_completion_function = { _, start, _ in
            rl_attempted_completion_over = 1
            rl_completion_append_character = 0
            return Readline.editor?.matches(wordStart: Int(start))
        }
        rl_completion_display_matches_hook = { matches, count, width in
            Readline.editor?.show(matches, count: count, width: width)
        }
        rl_bind_key(Int32(UInt8(ascii: "}"))) { count, key in
            Readline.editor?.outdent()
            return rl_insert(count, key)
        }
        rl_bind_key(Int32(UInt8(ascii: "\t"))) { count, key in
            guard Readline.editor?.isAtIndentation == true else { return rl_complete(count, key) }
            return rl_insert_text("    ") >= 0 ? 0 : 1
        }
    }

    /// The line being edited.
    static var line: String { rl_line_buffer.map { String(cString: $0) } ?? "" }

    /// The part of it before the cursor.
    static var lineBeforeCursor: String {
        String(decoding: line.utf8.prefix(Int(rl_point)), as: UTF8.self)
    }
}

extension LineEditor {
    /// Whether nothing but spaces stands before the cursor in its line.
    var isAtIndentation: Bool {
        let line = Readline.lineBeforeCursor.split(
            separator: "\n", omittingEmptySubsequences: false
        ).last
        return line?.allSatisfy { $0 == " " } ?? true
    }

    /// Takes one level of indentation away before a closing brace that begins a line.
    func outdent() {
        let isIndented = Readline.lineBeforeCursor.hasSuffix("    ")
        guard isAtIndentation, isIndented else { return }
        rl_delete_text(rl_point - 4, rl_point)
        rl_point -= 4
    }
}
