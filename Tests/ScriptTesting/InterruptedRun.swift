import Foundation
import Glibc
import Hosting
import Language
import Synchronization

/// Runs a program on a thread of its own and asks it to stop after a while. Times are the thread's
/// own, so that how busy the machine is plays no part.
public struct InterruptedRun: Sendable {
    /// What the program ended with; `nil` where it came to its end.
    public private(set) var error: ScriptError?
    /// How long it went on after the request.
    public private(set) var secondsAfter = 0.0

    /// - Parameter seconds: How long the program runs before the request.
    public init(_ source: String, library: Library, after seconds: Double = 0.4) {
        let cancellation = Cancellation()
        let host = Host(output: CollectingSink(), cancellation: cancellation)
        let outcome = Mutex<(error: ScriptError?, end: Double)>((nil, 0))
        let began = DispatchSemaphore(value: 0)
        let ended = DispatchSemaphore(value: 0)
        let clock = Mutex<clockid_t>(0)
        let thread = Thread {
            var own = clockid_t()
            pthread_getcpuclockid(pthread_self(), &own)
            let mine = own
            clock.withLock { $0 = mine }
            began.signal()
            var error: ScriptError?
            do throws(ScriptError) {
                _ = try Interpreter(library: library).run(source, cell: .cell(1), host: host)
            } catch let failure {
                error = failure
            }
            let end = Self.time(mine)
            outcome.withLock { $0 = (error, end) }
            ended.signal()
        }
        thread.stackSize = 64 << 20
        thread.start()
        began.wait()
        let running = clock.withLock { $0 }
        var hasEnded = false
        while !hasEnded, Self.time(running) < seconds {
            hasEnded = ended.wait(timeout: .now() + 0.01) == .success
        }
        let request = Self.time(running)
        cancellation.request()
        if !hasEnded { ended.wait() }
        let end: Double
        (error, end) = outcome.withLock { $0 }
        secondsAfter = max(0, end - request)
    }

    private static func time(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
