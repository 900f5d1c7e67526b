@preconcurrency import CReadline

/// Keys whose usual command knows a single line, and what they do in a block.
struct KeyBinding {
    typealias Command = @convention(c) (_ count: Int32, _ key: Int32) -> Int32

    /// What the terminal sends.
    let keys: [String]
    /// readline's name of the command that the keys have by default; `nil` where they have none.
    let usual: String?
    let command: Command

    /// Binds every key that still has its usual command, for both ways of editing.
    static func install() {
        for name in ["emacs", "vi-insert", "vi-command"] {
            let keymap = rl_get_keymap_by_name(name)
            for binding in all {
                let usual = binding.usual.flatMap { rl_named_function($0) }
                for key in binding.keys {
                    let present = rl_function_of_keyseq(key, keymap, nil)
                    guard address(present) == address(usual) else { continue }
                    rl_bind_keyseq_in_map(key, binding.command, keymap)
                }
            }
        }
    }

    private static func address(_ command: Command?) -> UInt {
        command.map { unsafeBitCast($0, to: UInt.self) } ?? 0
    }

    private static let all: [KeyBinding] = [
        KeyBinding(keys: ["\r", "\n"], usual: "accept-line") { _, _ in
            Readline.editor?.enter()
            return 0
        },
        KeyBinding(keys: ["\u{1B}\r", "\u{1B}\n"], usual: "vi-editing-mode") { _, _ in
            Readline.editor?.breakLine()
            return 0
        },
        KeyBinding(keys: ["\t"], usual: "complete") { _, _ in
            Readline.editor?.complete(backward: false)
            return 0
        },
        KeyBinding(keys: ["\u{1B}[Z"], usual: nil) { _, _ in
            Readline.editor?.complete(backward: true)
            return 0
        },
        KeyBinding(keys: ["\u{1B}?", "\u{1B}="], usual: "possible-completions") { _, _ in
            Readline.editor?.complete(backward: false)
            return 0
        },
        KeyBinding(keys: ["\u{1B}[A", "\u{1B}OA", "\u{10}", "k"], usual: "previous-history") {
            _, _ in
            Readline.editor?.up()
            return 0
        },
        KeyBinding(keys: ["\u{1B}[B", "\u{1B}OB", "\u{0E}", "j"], usual: "next-history") { _, _ in
            Readline.editor?.down()
            return 0
        },
        KeyBinding(
            keys: ["\u{01}", "\u{1B}[H", "\u{1B}OH", "\u{1B}[1~", "0"], usual: "beginning-of-line"
        ) { _, _ in
            rl_point = Readline.lineStart
            return 0
        },
        KeyBinding(
            keys: ["\u{05}", "\u{1B}[F", "\u{1B}OF", "\u{1B}[4~", "$"], usual: "end-of-line"
        ) {
            _, _ in
            rl_point = Readline.lineEnd
            return 0
        },
        KeyBinding(keys: ["\u{0B}"], usual: "kill-line") { _, _ in
            // At the end of a line the next one is joined to it.
            let end = Readline.lineEnd
            return rl_kill_text(rl_point, end == rl_point ? min(end + 1, rl_end) : end)
        },
        KeyBinding(keys: ["\u{15}"], usual: "unix-line-discard") { _, _ in
            let start = Readline.lineStart
            rl_kill_text(rl_point, start)
            rl_point = start
            return 0
        },
        KeyBinding(keys: ["\u{04}"], usual: "delete-char") { count, key in
            Readline.editor?.leaveBlock() == true ? 0 : rl_delete(count, key)
        },
        KeyBinding(keys: ["\u{7F}", "\u{08}"], usual: "backward-delete-char") { count, key in
            Readline.editor?.outdent(toMultiple: true) == true ? 0 : rl_rubout(count, key)
        },
        KeyBinding(keys: ["}", ")", "]"], usual: "self-insert") { count, key in
            Readline.editor?.outdent(toMultiple: false)
            return rl_insert(count, key)
        },
        KeyBinding(keys: ["\u{0C}"], usual: "clear-screen") { _, _ in
            Readline.editor?.clearScreen()
            return 0
        },
        KeyBinding(keys: ["\u{1B}\u{0C}"], usual: "clear-display") { _, _ in
            Readline.editor?.clearScreen()
            return 0
        },
    ]
}
