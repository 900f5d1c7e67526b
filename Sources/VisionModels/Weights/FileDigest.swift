import CSodium
import Glibc
import Hosting

/// The SHA-256 of a file.
package enum FileDigest {
    /// Sixty-four hexadecimal digits; throws where the file cannot be read or the work is to stop.
    package static func sha256(_ path: String) throws -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw HubError(
                .unavailable, "cannot read \(path): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var state = crypto_hash_sha256_state()
        crypto_hash_sha256_init(&state)
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            try Host.current.cancellation.check()
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw HubError(
                    .unavailable, "cannot read \(path): \(String(cString: strerror(errno)))")
            }
            if count == 0 { break }
            crypto_hash_sha256_update(&state, piece, UInt64(count))
        }
        var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
        crypto_hash_sha256_final(&state, &digest)
        let digits = Array("0123456789abcdef")
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
