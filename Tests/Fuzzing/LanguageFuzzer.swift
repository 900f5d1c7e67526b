// libFuzzer's entry: a program goes from its bytes to its result, with every question a front end
// asks on the way. `make fuzz` builds and runs it.

import Foundation
import Hosting
import Language
import Synchronization

/// Output that goes nowhere; whoever is asked types nothing.
private final class Silence: OutputSink {
    func emit(_ event: OutputEvent) {}
    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }
}

/// Interrupts programs that go on for longer than a tenth of a second.
private final class Watchdog: Sendable {
    static let shared = Watchdog()
    private let current = Mutex<(deadline: ContinuousClock.Instant, cancellation: Cancellation)?>(
        nil)

    init() {
        Thread.detachNewThread { [self] in
            while true {
                if let (deadline, cancellation) = current.withLock({ $0 }), .now > deadline {
                    cancellation.request()
                }
                usleep(10_000)
            }
        }
    }

    func begin() -> Cancellation {
        let cancellation = Cancellation()
        current.withLock { $0 = (.now + .milliseconds(100), cancellation) }
        return cancellation
    }

    func end() { current.withLock { $0 = nil } }
}

/// One for all programs, forgotten after each: filing the built-in rows takes longer than a program.
private let interpreter = Interpreter(library: Library())

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let source = String(decoding: UnsafeBufferPointer(start: start, count: size), as: UTF8.self)
    let host = Host(output: Silence(), cancellation: Watchdog.shared.begin())
    defer { Watchdog.shared.end() }
    defer { interpreter.reset() }
    _ = interpreter.completeness(of: source)
    do throws(ScriptError) {
        let result = try interpreter.run(source, cell: .cell(1), host: host)
        _ = result.value?.debugText
    } catch {
        _ = error.rendered(color: true)
    }
    _ = interpreter.complete(source, at: size / 2)
    _ = interpreter.variables()
    return 0
}
