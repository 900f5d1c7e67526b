import Glibc
import Hosting

/// Texts: put together, compared and counted.
extension Machine {
    /// The texts of values in a row, which are let go. Short ones are written into a buffer on the
    /// stack, so that the result is the only text that is made.
    static func concatenated(_ values: Target, _ count: Int) throws -> String {
        var size = 0
        for index in 0..<count {
            switch values[index] {
            case .string(let piece): size += piece.utf8.count
            case .int: size += 20
            case let value:
                let piece = value.description
                size += piece.utf8.count
                values[index] = .string(piece)
            }
        }
        try checkRoom(bytes: size)
        let text = size <= 256 ? short(values, count) : long(values, count, size)
        for index in 0..<count { set(values + index, .void) }
        return text
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
                case .string(let piece):
                    var piece = piece
                    piece.withUTF8 { bytes in
                        if let start = bytes.baseAddress, let target = buffer.baseAddress {
                            memcpy(target + end, start, bytes.count)
                        }
                        end += bytes.count
                    }
                case .int(let number): end += write(number, buffer, end)
                default: break
                }
            }
            return String(
                decoding: UnsafeBufferPointer(rebasing: buffer[..<end]), as: UTF8.self)
        }
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
    static func isSameText(_ left: Target, _ right: Target) -> Bool {
        if case .character(let a) = left.pointee, case .character(let b) = right.pointee {
            return a == b
        }
        if case .string(let a) = left.pointee, case .string(let b) = right.pointee { return a == b }
        return left.pointee == right.pointee
    }

    /// The characters of a text. Where each byte is one, there is nothing to go through; else they
    /// are counted in a loop that can be stopped, if the text is long.
    static func count(_ text: String) throws -> Int {
        let isPlain = text.utf8.withContiguousStorageIfAvailable(Characters.arePlain) ?? false
        if isPlain { return text.utf8.count }
        if text.utf8.count < 10_000_000 { return text.count }
        var count = 0
        for _ in text {
            count += 1
            if count & 0xF_FFFF == 0 { try Host.current.cancellation.check() }
        }
        return count
    }
}
