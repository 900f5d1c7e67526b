import Synchronization

/// Something that can be carried out and is probably a mistake.
///
///     Host.current.warn(Warning("the picture is upside down", suggestion: "flipped(axis: 1)"))
public struct Warning: Sendable, Hashable, CustomStringConvertible {
    /// What is probably wrong.
    public let message: String
    /// What to write instead.
    public let suggestion: String?

    /// A warning, and what to write instead where that is known.
    public init(_ message: String, suggestion: String? = nil) {
        self.message = message
        self.suggestion = suggestion
    }

    /// The message, with the suggestion on a line of its own.
    public var description: String {
        message + (suggestion.map { "\n  hint: \($0)" } ?? "")
    }

    /// A warning as the person who wrote the code is told it.
    public struct Report: Sendable {
        /// The place in the code; warnings of one place are told once.
        public var place: String
        /// The warning with its place.
        public var text: String

        /// A report of a place, which is told once, and of a text that names it.
        public init(place: String, text: String) {
            self.place = place
            self.text = text
        }
    }
}

/// Where warnings were told already.
public final class WarningMemory: Sendable {
    private let places = Mutex<Set<String>>([])

    public init() {}

    /// Whether nothing was told of the place before.
    func isNew(_ place: String) -> Bool { places.withLock { $0.insert(place).inserted } }
}

extension Host {
    /// Tells of a probable mistake on the error stream, once for each place of the code; where the
    /// code has no places that are known, once for each text.
    public func warn(_ warning: Warning) {
        let report = locate(warning)
        guard warnings.isNew(report.place) else { return }
        output.emit(.text("warning: \(report.text)\n", stream: .standardError))
    }
}
