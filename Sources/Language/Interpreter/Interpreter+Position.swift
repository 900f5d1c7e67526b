import Synchronization

/// The code a cell's run began with, held for as long as it runs.
struct RunningCell: @unchecked Sendable {
    // Invariant: read by other threads than the one that runs it, which change nothing. What they
    // hold stays where it is; the one word that moves meanwhile, how far the cell is, may be old.
    let machine: Machine
    let prototype: Prototype
    let source: SourceText
    /// Where its frame stands: above those of a cell that rests meanwhile.
    let frame: Int
}

extension Interpreter {
    /// The line of the running cell that is being carried out, from 1; `nil` where none runs.
    ///
    /// Meant for progress and for the record of a crash: it may be asked from any thread and from a
    /// signal's handler, never waits, and knows the last call that the cell made.
    public var runningLine: Int? {
        running.withLockIfAvailable { $0?.line } ?? nil
    }

    /// Makes a cell the running one and gives the one that rests meanwhile.
    func begin(_ cell: RunningCell) -> RunningCell? {
        running.withLock { running in
            defer { running = cell }
            return running
        }
    }
}

extension RunningCell {
    fileprivate var line: Int? {
        let frame = machine.frames[frame]
        // Until the cell's code is entered, the frame is that of an earlier one.
        guard frame.block == prototype.block, let code = prototype.block.pointee.code else {
            return nil
        }
        let position = max(0, frame.pc - code - 1)
        guard position < prototype.spans.count else { return nil }
        return source.lineNumber(at: Int(prototype.spans[position].offset))
    }
}
