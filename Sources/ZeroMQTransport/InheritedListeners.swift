import Glibc

/// Sockets of the system that listen already, opened by whoever started this process.
///
///     InheritedListeners(parsing: "5001=3 5002=4").descriptors  // [5001: 3, 5002: 4]
public struct InheritedListeners: Sendable, Equatable {
    /// The descriptor of each port that listens.
    public let descriptors: [Int: Int32]

    /// None: every port is still to be opened.
    public init() {
        descriptors = [:]
    }

    /// Reads `port=descriptor` pairs with blanks between them; what is no pair is left out.
    public init(parsing text: String) {
        let pairs = text.split(separator: " ").compactMap { pair -> (Int, Int32)? in
            let sides = pair.split(separator: "=")
            guard sides.count == 2, let port = Int(sides[0]), let descriptor = Int32(sides[1]),
                descriptor > 2
            else { return nil }
            return (port, descriptor)
        }
        descriptors = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// Takes over what the launcher opened, once: processes started from here do not get it.
    public static func takeFromEnvironment() -> InheritedListeners {
        guard let text = getenv("VISION_LISTENERS") else { return InheritedListeners() }
        let listeners = InheritedListeners(parsing: String(cString: text))
        unsetenv("VISION_LISTENERS")
        for descriptor in listeners.descriptors.values {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        return listeners
    }
}
