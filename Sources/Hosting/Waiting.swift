#if canImport(Glibc)
import Glibc
#endif

/// Waits so many seconds; a stop ends it at once, and others have their turn meanwhile.
///
///     try sleep(0.5)
///
/// A time that is negative or no number does not wait. Throws `Interrupted`.
@_disfavoredOverload
public func sleep(_ seconds: Double) throws {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: .seconds(seconds > 0 ? min(seconds, 1e9) : 0))
    let slice = Duration.milliseconds(10)
    while true {
        try Host.current.rest()
        let left = end - clock.now
        guard left > .zero else { return }
        pause(min(left, slice))
    }
}

/// One line typed by the person that is not shown while it is typed; `nil` at the end of input.
///
///     let password = try readPassword("Token: ")
///
/// Throws where nobody can answer, and `Interrupted`.
public func readPassword(_ prompt: String = "Password: ") throws -> String? {
    try Host.current.output.readLine(prompt: prompt, isPassword: true)
}

private func pause(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    nanosleep(&time, nil)
}
