import Glibc
import Hosting

/// Lines typed while a program runs.
enum TerminalInput {
    /// One line without its end, `nil` at the end of input; stops when the running work is asked to.
    static func readLine(isPassword: Bool) throws -> String? {
        guard isPassword, let settings = withoutEcho() else { return try line() }
        defer {
            var settings = settings
            tcsetattr(0, TCSADRAIN, &settings)
            TextFile.writeAll([0x0A], to: 1)
        }
        return try line()
    }

    /// Reads byte by byte, so that nothing of the lines after it is taken.
    private static func line() throws -> String? {
        var bytes: [UInt8] = []
        while true {
            try Host.current.cancellation.check()
            var descriptor = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, 50) > 0 else { continue }
            var byte: UInt8 = 0
            let count = read(0, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
            if byte == 0x0A { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
    }

    /// Turns the terminal's echo off; the settings to go back to, `nil` where there is no terminal.
    private static func withoutEcho() -> termios? {
        var settings = termios()
        guard tcgetattr(0, &settings) == 0 else { return nil }
        let before = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        return tcsetattr(0, TCSADRAIN, &settings) == 0 ? before : nil
    }
}
