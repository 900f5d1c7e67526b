@preconcurrency import Glibc
import Hosting
import Sessions

/// Shows texts that are longer than the screen in the person's pager: `$PAGER`, or `less`.
struct Pager {
    let output: TerminalOutput

    /// Shows a page, a short one as it is.
    func show(_ page: MIMEBundle) {
        if output.style.isTerminal, isatty(0) == 1, isLong(page.plain), run(page.plain) { return }
        output.show(page)
    }

    private func isLong(_ text: String) -> Bool {
        let (columns, rows) = output.style.size
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.reduce(0) { $0 + max(1, ($1.count + columns - 1) / columns) } >= rows
    }

    /// Hands the text to the pager and waits for its end; false where there is none.
    private func run(_ text: String) -> Bool {
        output.finish()
        let command = getenv("PAGER").map { String(cString: $0) } ?? ""
        // A short text stays on the screen, and keys work as the person has set them.
        if getenv("LESS") == nil { setenv("LESS", "FRX", 1) }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return false }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let child = start(command.isEmpty ? "less" : command, reading: ends[0])
        close(ends[0])
        // A pager that is left early reads no further; that is no reason to end.
        if child != nil {
            let before = signal(SIGPIPE, SIG_IGN)
            TextFile.writeAll(Array((text + "\n").utf8), to: ends[1])
            signal(SIGPIPE, before)
        }
        close(ends[1])
        guard let child else { return false }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        // The shell's own way to say that there is no such program.
        return status >> 8 & 0xFF != 127
    }

    /// Starts a command of the shell with its input from a descriptor, and with Ctrl-C and the other
    /// signals as a program finds them that the shell has started.
    private func start(_ command: String, reading input: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let texts: [String] = ["/bin/sh", "-c", command]
        var words: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, "/bin/sh", &actions, &attributes, words, environ)
        return status == 0 ? child : nil
    }
}
