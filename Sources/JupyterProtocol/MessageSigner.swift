import CSodium

/// Signs the four JSON frames of a message with HMAC-SHA256, and checks such signatures.
///
/// An empty key signs with an empty signature and accepts everything.
public struct MessageSigner: Sendable {
    private let key: [UInt8]

    /// Signs with the bytes of `key`.
    public init(key: String) {
        self.key = Array(key.utf8)
    }

    /// Whether signatures mean anything.
    public var isSigning: Bool { !key.isEmpty }

    /// The signature over exactly these frames, as 64 lower-case hexadecimal digits.
    public func signature(_ frames: ArraySlice<[UInt8]>) -> [UInt8] {
        guard isSigning else { return [] }
        var state = crypto_auth_hmacsha256_state()
        crypto_auth_hmacsha256_init(&state, key, key.count)
        for frame in frames {
            crypto_auth_hmacsha256_update(&state, frame, UInt64(frame.count))
        }
        var digest = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
        crypto_auth_hmacsha256_final(&state, &digest)
        let digits = Array("0123456789abcdef".utf8)
        return digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// Whether `signature` belongs to these frames; the time taken does not depend on where it
    /// differs.
    public func isValid(_ signature: [UInt8], for frames: ArraySlice<[UInt8]>) -> Bool {
        guard isSigning else { return true }
        let expected = self.signature(frames)
        return signature.count == expected.count
            && sodium_memcmp(signature, expected, expected.count) == 0
    }
}
