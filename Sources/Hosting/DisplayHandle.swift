/// Something that is shown and can be replaced where it stands.
///
///     let state = try display("working")
///     try state.update("done")
public struct DisplayHandle: Sendable, Hashable {
    /// What front ends know the place by.
    public let id: String

    /// Shows a value where the program's output goes.
    public init(showing value: Any) throws {
        id = "display-" + String(UInt64.random(in: .min ... .max), radix: 16)
        Host.current.output.emit(.display(try MIMEBundle(showing: value), id: id))
    }

    /// Shows another value in the place of the present one; a saved notebook keeps the last.
    public func update(_ value: Any) throws {
        Host.current.output.emit(.update(try MIMEBundle(showing: value), id: id))
    }
}

/// Shows a value in its richest form where the program's output goes.
///
/// The handle replaces what is shown, from later cells too.
///
///     display(Markdown("**done**"))
@discardableResult
public func display(_ value: Any) throws -> DisplayHandle { try DisplayHandle(showing: value) }

/// Removes the output so far, at once or, with `wait`, when the next output arrives, which does not
/// flicker.
///
///     for step in 1...3 {
///         clearOutput(wait: true)
///         print("step", step)
///     }
public func clearOutput(wait: Bool = false) { Host.current.output.emit(.clear(wait: wait)) }
