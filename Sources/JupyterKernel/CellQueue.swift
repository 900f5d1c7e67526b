import FoundationEssentials
import JupyterProtocol

/// The shells of a kernel and the cells that wait in them.
///
/// A shell's cells run one at a time, in the order they came. While a cell of one shell rests, the
/// first cell of another shell has a turn, and the resting one goes on when it is through.
final class CellQueue: Sendable {
    /// One execute request and the shell it is for: a subshell, or `nil` for the main one.
    struct Cell: Sendable {
        let request: Message
        var shell: String? { request.header.subshell }
        /// Why it is not to run any more.
        var abortion: String?
    }

    private struct State {
        var subshells: [String] = []
        var waiting: [Cell] = []
        /// The shells whose cells run, the innermost last.
        var running: [String?] = []

        /// The first cell that may begin now.
        var next: Int? { waiting.firstIndex { !running.contains($0.shell) } }
    }

    private let state = Monitor(State())
    private let setAwaited: @Sendable (Bool) -> Void

    /// A queue that tells `setAwaited` whether a cell waits for a running one to rest.
    init(setAwaited: @escaping @Sendable (Bool) -> Void) {
        self.setAwaited = setAwaited
    }

    // MARK: - Cells

    /// Adds a cell at the end.
    func append(_ request: Message) { change { $0.waiting.append(Cell(request: request)) } }

    /// Takes the first cell that may begin now and notes that it runs; `nil` where there is none.
    func begin() -> Cell? {
        change { state in
            guard let index = state.next else { return nil }
            let cell = state.waiting.remove(at: index)
            state.running.append(cell.shell)
            return cell
        }
    }

    /// The innermost running cell is through.
    func end() { change { _ = $0.running.removeLast() } }

    /// What waits in a shell is not to run any more.
    func abort(shell: String?, because reason: String) {
        change { state in
            for index in state.waiting.indices where state.waiting[index].shell == shell {
                state.waiting[index].abortion = reason
            }
        }
    }

    // MARK: - Shells

    /// The identifiers of the subshells, oldest first.
    var subshells: [String] { state.withLock { $0.subshells } }

    /// Makes a subshell and answers its identifier.
    func makeSubshell() -> String {
        let id = UUID().uuidString.lowercased()
        state.withLock { $0.subshells.append(id) }
        return id
    }

    /// Removes a subshell; what waits in it does not run, what runs goes on. `false` where there is
    /// no such subshell.
    func removeSubshell(_ id: String) -> Bool {
        let isKnown = state.withLock { state in
            guard let index = state.subshells.firstIndex(of: id) else { return false }
            state.subshells.remove(at: index)
            return true
        }
        if isKnown { abort(shell: id, because: "not run, because its subshell was deleted") }
        return isKnown
    }

    private func change<Result>(_ body: (inout State) -> Result) -> Result {
        state.withLock { state in
            let result = body(&state)
            setAwaited(!state.running.isEmpty && state.next != nil)
            return result
        }
    }
}
