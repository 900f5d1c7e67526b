import Hosting

/// Showing values, and replacing what is shown.
extension Builtins {
    /// What `display` gives.
    static let displayHandle = ForeignType(
        "DisplayHandle", DisplayHandle.self,
        summary: "Something that is shown and can be replaced where it stands.",
        description: { _ in "DisplayHandle" })

    static var displays: [Binding] {
        [
            function(
                "display(_ value: Any) -> DisplayHandle",
                "Shows a value in its richest form; the handle replaces it."
            ) {
                let handle = try DisplayHandle(showing: $0[0])
                return .object(ForeignObject(handle, typeName: displayHandle.name))
            }.discardable(),
            member(
                displayHandle.name, "update(_ value: Any)",
                "Shows another value in the place of the present one."
            ) {
                guard case .object(let object) = $0[0], let handle = object.base as? DisplayHandle
                else { throw wrong("DisplayHandle", $0[0]) }
                try handle.update($0[1])
                return .void
            },
            function("clearOutput(wait: Bool = false)", "Removes the output so far.") {
                clearOutput(wait: try bool($0[0]))
                return .void
            },
        ]
    }
}
