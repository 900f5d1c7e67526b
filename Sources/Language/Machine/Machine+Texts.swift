import Glibc
import Hosting

/// Texts: put together, compared and counted.
extension Machine {
    /// The texts of values in a row, which are let go. Short ones are written into a buffer on the
    /// stack, so that the result is the only text that is made.
    @inline(never)
    func concatenate(_ values: Target, _ count: Int, into target: Target) throws {
        var size = 0
        var hasOthers = false
        for index in 0..<count {
            switch values[index] {
            case .string(let piece): size += piece.utf8.count
            case .int: size += 20
            case let value:
                let piece = value.description
                size += piece.utf8.count
                values[index] = .string(piece)
                hasOthers = true
            }
        }
        try Machine.checkRoom(bytes: size)
        let text = size <= 256 ? Machine.short(values, count) : Machine.long(values, count, size)
        for index in 0..<count { Machine.set(values + index, .void) }
        target.pointee = .string(text)
        // A description may be a function of the script, which fails where it cannot throw.
        if hasOthers { try settle() }
    }

    private static func long(_ values: Target, _ count: Int, _ size: Int) -> String {
        var text = ""
        text.reserveCapacity(size)
        for index in 0..<count {
            if case .string(let piece) = values[index] {
                text += piece
            } else {
                text += values[index].description
            }
        }
        return text
    }

    private static func short(_ values: Target, _ count: Int) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
            var end = 0
            for index in 0..<count {
                switch values[index] {
                case .string(let piece): end += write(piece, buffer, end)
                case .int(let number): end += write(number, buffer, end)
                default: break
                }
            }
            return String(
                decoding: UnsafeBufferPointer(rebasing: buffer[..<end]), as: UTF8.self)
        }
    }

    /// Writes a text from a place on. Returns how many bytes it takes.
    @inline(__always)
    static func write(
        _ text: String, _ buffer: UnsafeMutableBufferPointer<UInt8>, _ start: Int
    ) -> Int {
        guard let target = buffer.baseAddress else { return 0 }
        let length = text.utf8.withContiguousStorageIfAvailable { bytes -> Int in
            if let source = bytes.baseAddress { memcpy(target + start, source, bytes.count) }
            return bytes.count
        }
        if let length { return length }
        // A text kept in another encoding.
        var end = start
        for byte in text.utf8 {
            target[end] = byte
            end += 1
        }
        return end - start
    }

    /// Writes the digits of a number. Returns how many bytes they take.
    private static func write(
        _ number: Int, _ buffer: UnsafeMutableBufferPointer<UInt8>, _ start: Int
    ) -> Int {
        var rest = number.magnitude
        var length = number < 0 ? 1 : 0
        var probe = rest
        repeat {
            length += 1
            probe /= 10
        } while probe > 0
        var position = start + length
        repeat {
            position -= 1
            buffer[position] = UInt8(truncatingIfNeeded: 48 + rest % 10)
            rest /= 10
        } while rest > 0
        if number < 0 { buffer[start] = 45 }
        return length
    }

    /// Whether two texts or characters are equal.
    @inline(__always)
    static func isSameText(_ left: Target, _ right: Target) -> Bool {
        if case .character(let a) = left.pointee, case .character(let b) = right.pointee {
            return Characters.areSame(a, b)
        }
        return isSameString(left, right)
    }

    @inline(never)
    private static func isSameString(_ left: Target, _ right: Target) -> Bool {
        if case .string(let a) = left.pointee, case .string(let b) = right.pointee { return a == b }
        return left.pointee == right.pointee
    }

    /// The characters of a text. Where each byte is one, there is nothing to go through; else they
    /// are counted in a loop that can be stopped, if the text is long.
    static func count(_ text: String) throws -> Int {
        if Characters.isPlain(text) { return text.utf8.count }
        if text.utf8.count < 10_000_000 { return text.count }
        var count = 0
        for _ in text {
            count += 1
            if count & 0xF_FFFF == 0 { try Host.current.cancellation.check() }
        }
        return count
    }
}
