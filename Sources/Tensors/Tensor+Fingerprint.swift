import OneDNN

/// What tells the elements of a tensor from others, without keeping them.
package struct Fingerprint: Hashable, Sendable {
    /// Equal for equal elements, and as good as never for others.
    package let digest: UInt64
    /// Whether every element is a finite number.
    package let isFinite: Bool
}

extension Tensor {
    /// The fingerprint of the elements, wherever they lie: in one pass over the memory as it is,
    /// whatever the layout and the number of threads. The order of elements does not count.
    package func fingerprint() throws -> Fingerprint {
        let flat = try FlatElements(self, keepsZero: true)
        return try fingerprint(of: flat.elements, count: flat.count, isOrdered: false)
    }

    /// The fingerprint of the elements in their order.
    package func orderedFingerprint() throws -> Fingerprint {
        try fingerprint(of: dense(), count: count, isOrdered: true)
    }

    private func fingerprint(
        of elements: StridedElements, count: Int, isOrdered: Bool
    ) throws -> Fingerprint {
        defer { withExtendedLifetime(elements.storage) {} }
        switch dtype {
        case .float32:
            let (digest, greatest) = try mixedSum(
                elements.pointer(UInt32.self), count, isOrdered, magnitude: 0x7FFF_FFFF)
            return Fingerprint(digest: digest, isFinite: greatest < 0x7F80_0000)
        case .bfloat16:
            let (digest, greatest) = try mixedSum(
                elements.pointer(UInt16.self), count, isOrdered, magnitude: 0x7FFF)
            return Fingerprint(digest: digest, isFinite: greatest < 0x7F80)
        case .uint8, .bool:
            let (digest, _) = try mixedSum(
                elements.pointer(UInt8.self), count, isOrdered, magnitude: 0)
            return Fingerprint(digest: digest, isFinite: true)
        case .int32, .int64:
            // Words of 32 bits, of which int64 has two, keep one loop for all.
            let word = dtype.byteCount / 4
            let start = elements.storage.pointer + elements.offset * dtype.byteCount
            let (digest, _) = try mixedSum(
                UnsafePointer(start.assumingMemoryBound(to: UInt32.self)), count * word,
                isOrdered, magnitude: 0)
            return Fingerprint(digest: digest, isFinite: true)
        }
    }
}

/// The sum of what mixing makes of each element, two ways, and the greatest of the elements' bits
/// under a mask. Zero adds nothing, so that the padding of a blocked layout does not count.
private func mixedSum<Bits: FixedWidthInteger & UnsignedInteger>(
    _ elements: UnsafePointer<Bits>, _ count: Int, _ isOrdered: Bool, magnitude: UInt32
) throws -> (digest: UInt64, greatest: UInt32) {
    let length = 65_536
    let pieces = (count + length - 1) / length
    guard pieces > 0 else { return (0, 0) }
    let partial = try Storage(byteCount: 3 * pieces * MemoryLayout<UInt32>.size)
    let sums = partial.pointer.assumingMemoryBound(to: UInt32.self)
    Parallel.forEach(count: pieces, grain: 1) { range in
        for piece in range {
            var (one, other, greatest): (UInt32, UInt32, UInt32) = (0, 0, 0)
            let end = Swift.min(count, (piece + 1) * length)
            if isOrdered {
                for index in piece * length..<end {
                    let bits = UInt32(truncatingIfNeeded: elements[index])
                    let place = UInt32(truncatingIfNeeded: index) &* 0x9E37_79B9
                    add(bits ^ place, &one, &other)
                    greatest = Swift.max(greatest, bits & magnitude)
                }
            } else {
                for index in piece * length..<end {
                    let bits = UInt32(truncatingIfNeeded: elements[index])
                    add(bits, &one, &other)
                    greatest = Swift.max(greatest, bits & magnitude)
                }
            }
            (sums[3 * piece], sums[3 * piece + 1], sums[3 * piece + 2]) = (one, other, greatest)
        }
    }
    return withExtendedLifetime(partial) {
        var (one, other, greatest): (UInt32, UInt32, UInt32) = (0, 0, 0)
        for piece in 0..<pieces {
            one &+= sums[3 * piece]
            other &+= sums[3 * piece + 1]
            greatest = max(greatest, sums[3 * piece + 2])
        }
        return (UInt64(one) << 32 | UInt64(other), greatest)
    }
}

/// Source of the numbers: Appleby, MurmurHash3, 2011.
@inline(__always)
private func add(_ bits: UInt32, _ one: inout UInt32, _ other: inout UInt32) {
    let mixed = (bits ^ (bits >> 15)) &* 0x85EB_CA6B
    let again = (mixed ^ (mixed >> 13)) &* 0xC2B2_AE35
    one &+= mixed ^ (mixed >> 16)
    other &+= again ^ (again >> 16)
}
