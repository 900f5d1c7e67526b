import Foundation
import Hosting
import Language
import Synchronization

/// Runs programs that may do anything: each is interrupted after a while, and one that goes on all
/// the same ends the process with its text, as does one that crashes.
///
/// The program under way always stands in `file`.
public final class GuardedRun: Sendable {
    /// Where the program that is being run is written.
    public let file: String
    private let library: Library
    private let patience: Duration
    private let current = Mutex<(deadline: ContinuousClock.Instant, cancellation: Cancellation)?>(
        nil)

    /// - Parameter patience: How long a program may run before it is interrupted; three seconds
    ///   after that it counts as hung.
    public init(library: Library, file: String, patience: Duration = .seconds(1)) {
        self.library = library
        self.file = file
        self.patience = patience
        Thread.detachNewThread { [weak self] in
            while let self {
                self.watch()
                Thread.sleep(forTimeInterval: 0.05)
            }
        }
    }

    /// Runs the cells of a program and asks for its completions, its completeness and its errors' text.
    public func run(_ program: String) throws {
        try program.write(toFile: file, atomically: false, encoding: .utf8)
        let cancellation = Cancellation()
        let host = Host(output: CollectingSink(), cancellation: cancellation)
        current.withLock { $0 = (.now + patience, cancellation) }
        defer { current.withLock { $0 = nil } }
        let interpreter = Interpreter(library: library)
        for (index, cell) in program.components(separatedBy: "// cell\n").enumerated() {
            _ = interpreter.completeness(of: cell)
            do throws(ScriptError) {
                let result = try interpreter.run(cell, cell: .cell(index + 1), host: host)
                _ = result.value?.shortText
            } catch {
                _ = error.rendered(color: true)
            }
        }
        _ = interpreter.complete(program, at: program.utf8.count / 2)
        _ = interpreter.variables()
    }

    /// Runs `count` mutants; gives how many different ones there were.
    public func run(_ count: Int, from mutator: inout ScriptMutator) throws -> Int {
        var different: Set<String> = []
        for _ in 0..<count {
            let mutant = mutator.next()
            different.insert(mutant)
            try run(mutant)
        }
        return different.count
    }

    private func watch() {
        guard let (deadline, cancellation) = current.withLock({ $0 }) else { return }
        if ContinuousClock.now > deadline { cancellation.request() }
        guard ContinuousClock.now > deadline + .seconds(3) else { return }
        FileHandle.standardError.write(Data("hung: see \(file)\n".utf8))
        abort()
    }
}
