import Sessions
import VisionBindings

extension Session {
    /// A session that knows the vision engine.
    static func vision(history: History?, frontEnd: String) -> Session {
        Session(
            library: visionLibrary, history: history, frontEnd: frontEnd,
            explain: { explanation(of: $0) })
    }
}
