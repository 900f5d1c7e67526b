import Glibc
import Synchronization

/// One message between a run and the process that runs its cells.
struct Frame: Equatable {
    /// What the bytes are.
    enum Kind: UInt8 {
        // To the process.
        /// The source of a cell to run.
        case execute = 1
        /// The running cell is to stop.
        case interrupt
        // From the process.
        /// Printed bytes, and those of the error stream.
        case output
        case error
        /// JSON: a value shown, a display's new state, an order to clear, a state of progress.
        case display
        case update
        case clear
        case progress
        /// The number of the line that is being carried out.
        case line
        /// JSON: how the cell ended.
        case ended
    }

    var kind: Kind
    var payload: [UInt8]
}

/// The sending side of a socket; frames of several threads do not mix.
final class FrameWriter: Sendable {
    private let descriptor: Int32
    private let lock = Mutex(())

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Sends a frame and waits until the system has taken it; false when nobody reads any more.
    @discardableResult
    func send(_ kind: Frame.Kind, _ payload: some Collection<UInt8> = []) -> Bool {
        guard let count = UInt32(exactly: payload.count) else { return false }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(payload.count + 5)
        bytes.append(kind.rawValue)
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
        bytes += payload
        return lock.withLock { _ in write(bytes) }
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let count = Glibc.send(
                    descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset,
                    Int32(MSG_NOSIGNAL))
                if count >= 0 { offset += count } else if errno != EINTR { return false }
            }
            return true
        }
    }
}

/// The receiving side of a socket, for one thread.
struct FrameReader {
    private let descriptor: Int32
    private var bytes: [UInt8] = []
    private var position = 0

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// The next frame that has arrived whole.
    ///
    /// - Throws: `Disconnected` for bytes that are no frame.
    mutating func next() throws(Disconnected) -> Frame? {
        guard bytes.count - position >= 5 else { return nil }
        guard let kind = Frame.Kind(rawValue: bytes[position]) else { throw Disconnected() }
        var count = 0
        for place in (1...4).reversed() { count = count << 8 | Int(bytes[position + place]) }
        guard bytes.count - position - 5 >= count else { return nil }
        let start = position + 5
        position = start + count
        return Frame(kind: kind, payload: Array(bytes[start..<position]))
    }

    /// Takes in what has arrived, waiting for something.
    ///
    /// - Throws: `Disconnected` at the end.
    mutating func receive() throws(Disconnected) {
        if position > 0 {
            bytes.removeFirst(position)
            position = 0
        }
        let size = 1 << 16
        let piece = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            repeat {
                count = read(descriptor, buffer.baseAddress, size)
            } while count < 0
                && errno == EINTR
            count = max(0, count)
        }
        guard !piece.isEmpty else { throw Disconnected() }
        bytes += piece
    }

    /// Waits until something can be received, so many milliseconds at most; false when nothing came.
    func wait(milliseconds: Int32) -> Bool {
        var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&item, 1, milliseconds) > 0
    }
}

/// The other side of a socket is gone.
struct Disconnected: Error {}
