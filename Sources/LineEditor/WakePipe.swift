import Glibc

/// Lets other threads wake the one that waits for a key.
public final class WakePipe: Sendable {
    /// What woke it.
    public enum Event: UInt8, Sendable {
        /// A key was pressed, or the terminal has gone.
        case input = 0
        /// Ctrl-C.
        case interrupt = 1
        /// The terminal has another size.
        case resize = 2
        /// The process goes on after it was stopped, and the terminal was somebody else's.
        case resume = 3
    }

    private let reader: Int32
    private let writer: Int32

    package init() {
        var ends: [Int32] = [-1, -1]
        // Without a pipe the prompt works, and Ctrl-C waits for the next key.
        if pipe(&ends) != 0 { ends = [-1, -1] }
        for end in ends where end >= 0 {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        reader = ends[0]
        writer = ends[1]
    }

    deinit {
        for end in [reader, writer] where end >= 0 { close(end) }
    }

    /// Wakes the reader with an event.
    public func send(_ event: Event) {
        var byte = event.rawValue
        // A full pipe wakes the reader as well.
        _ = write(writer, &byte, 1)
    }

    /// Forgets events that came while nobody waited.
    public func drain() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(reader, &bytes, bytes.count) > 0 {}
    }

    /// Waits for an event or for input on a descriptor; events come first.
    package func wait(with descriptor: Int32) -> Event {
        while true {
            var waited = [
                pollfd(fd: reader, events: Int16(POLLIN), revents: 0),
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&waited, 2, -1) > 0 else { continue }
            if waited[0].revents & Int16(POLLIN) != 0 {
                var byte: UInt8 = 0
                if read(reader, &byte, 1) == 1, let event = Event(rawValue: byte) { return event }
            }
            if waited[1].revents != 0 { return .input }
        }
    }
}
