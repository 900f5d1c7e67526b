import Glibc
import Synchronization

/// What was typed, kept across sessions in one SQLite file that every kernel and prompt of this user
/// shares.
///
///     let history = History(frontEnd: "repl")
///     history.record(line: 1, source: "let x = 2")
///     history.tail(1).map(\.source)  // ["let x = 2"]
///
/// Where the file cannot be used, the same calls work in memory and `takeNotice()` says why.
public final class History: Sendable {
    /// One executed cell.
    public struct Entry: Sendable, Equatable {
        /// The number of the session that ran it, counted over all front ends.
        public var session: Int
        /// Its execution count in that session.
        public var line: Int
        public var source: String
        /// The plain form of its result; `nil` without a result, or where outputs were not asked for.
        public var output: String?

        public init(session: Int, line: Int, source: String, output: String? = nil) {
            self.session = session
            self.line = line
            self.source = source
            self.output = output
        }
    }

    private struct State: Sendable {
        var connection: SQLiteConnection?
        var session: Int?
        var notice: String?
        var isPersistent: Bool
    }

    private let state: Mutex<State>
    private let frontEnd: String

    /// Opens `history.sqlite` in the folder, creating both; several processes may do so at once.
    ///
    /// - Parameters:
    ///   - frontEnd: who records, such as `repl` or `kernel`; stored with the session.
    ///   - folder: where the file lives; `nil` keeps everything in memory.
    public init(frontEnd: String, folder: String? = StateFolder.path) {
        self.frontEnd = frontEnd
        guard let folder else {
            state = Mutex(Self.inMemory(notice: nil))
            return
        }
        do {
            let connection = try HistoryFile.open(folder)
            state = Mutex(State(connection: connection, isPersistent: true))
        } catch {
            state = Mutex(Self.inMemory(notice: Self.notice(error)))
        }
    }

    /// Whether what is recorded outlives this process.
    public var isPersistent: Bool { state.withLock { $0.isPersistent } }

    /// This session's number; `nil` until its first entry, so that idle sessions take none.
    public var session: Int? { state.withLock { $0.session } }

    /// Why history is not being kept, once; `nil` while all is well and after the first call.
    public func takeNotice() -> String? {
        state.withLock { state in
            defer { state.notice = nil }
            return state.notice
        }
    }

    /// Adds a cell of this session. A line recorded before is replaced.
    public func record(line: Int, source: String) {
        write { connection, session in
            try connection.run(
                "INSERT OR REPLACE INTO entry (session, line, source) VALUES (?, ?, ?)",
                [.integer(session), .integer(line), .text(source)])
        }
    }

    /// Adds the plain form of a recorded cell's result, its first 10,000 characters.
    public func recordOutput(line: Int, _ output: String) {
        write { connection, session in
            try connection.run(
                "UPDATE entry SET output = ? WHERE session = ? AND line = ?",
                [.text(String(output.prefix(10_000))), .integer(session), .integer(line)])
        }
    }

    /// The last `count` cells of any session, oldest first.
    public func tail(_ count: Int, outputs: Bool = false) -> [Entry] {
        newestFirst("", [], count: count, outputs: outputs).reversed()
    }

    /// The cells of one session with `start <= line < stop`, in order.
    ///
    /// - Parameters:
    ///   - session: a session's number; 0 is this session, -1 the one before it, and so on.
    ///   - stop: the first line not wanted; `nil` for all that follow.
    public func range(
        session: Int = 0, start: Int = 1, stop: Int? = nil, outputs: Bool = false
    ) -> [Entry] {
        var number = session
        if session <= 0 {
            guard let resolved = relative(session) else { return [] }
            number = resolved
        }
        return read(
            "SELECT session, line, source, output FROM entry "
                + "WHERE session = ? AND line >= ? AND line < ? ORDER BY line",
            [.integer(number), .integer(start), .integer(stop ?? Int.max)], outputs: outputs)
    }

    /// The cells whose whole source matches a glob pattern (`*`, `?`, `[a-z]`), oldest first.
    ///
    /// - Parameters:
    ///   - count: at most so many, the newest ones; `nil` for all.
    ///   - unique: of equal sources only the newest.
    public func search(
        _ pattern: String, count: Int? = nil, unique: Bool = false, outputs: Bool = false
    ) -> [Entry] {
        let condition =
            unique
            ? "WHERE id IN (SELECT max(id) FROM entry WHERE source GLOB ? GROUP BY source)"
            : "WHERE source GLOB ?"
        return newestFirst(condition, [.text(pattern)], count: count, outputs: outputs).reversed()
    }

    // MARK: - Reading and writing

    private func newestFirst(
        _ condition: String, _ arguments: [SQLiteConnection.Argument], count: Int?, outputs: Bool
    ) -> [Entry] {
        read(
            "SELECT session, line, source, output FROM entry \(condition) "
                + "ORDER BY id DESC LIMIT ?",
            arguments + [.integer(max(-1, count ?? -1))], outputs: outputs)
    }

    private func read(
        _ sql: String, _ arguments: [SQLiteConnection.Argument], outputs: Bool
    ) -> [Entry] {
        state.withLock { state in
            var entries: [Entry] = []
            do throws(SQLiteError) {
                try state.connection?.run(sql, arguments) { row in
                    entries.append(
                        Entry(
                            session: row.integer(0), line: row.integer(1),
                            source: row.text(2) ?? "", output: outputs ? row.text(3) : nil))
                }
            } catch {
                state.notice = Self.notice(error)
            }
            return entries
        }
    }

    /// Runs a change with this session's number. When the file refuses, the rest of the session is
    /// kept in memory.
    private func write(_ change: (SQLiteConnection, Int) throws -> Void) {
        state.withLock { state in
            do {
                try apply(change, to: &state)
            } catch {
                guard state.isPersistent else { return }
                state = Self.inMemory(notice: Self.notice(error))
                // Memory alone can make this fail, and then there is nothing left to keep it in.
                try? apply(change, to: &state)
            }
        }
    }

    private func apply(
        _ change: (SQLiteConnection, Int) throws -> Void, to state: inout State
    ) throws {
        guard let connection = state.connection else { return }
        if state.session == nil {
            try connection.run(
                "INSERT INTO session (started, front_end) VALUES (?, ?)",
                [.integer(Int(time(nil))), .text(frontEnd)])
            state.session = connection.lastInsertedRow
        }
        if let session = state.session { try change(connection, session) }
    }

    /// The number of this session (0) or of an earlier one (negative).
    private func relative(_ offset: Int) -> Int? {
        state.withLock { state in
            if offset == 0 { return state.session }
            var number: Int?
            do throws(SQLiteError) {
                try state.connection?.run(
                    "SELECT id FROM session WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ?",
                    [.integer(state.session ?? Int.max), .integer(-1 - offset)]
                ) { number = $0.integer(0) }
            } catch {
                state.notice = Self.notice(error)
            }
            return number
        }
    }
}

// MARK: - Opening

extension History {
    private static func inMemory(notice: String?) -> State {
        do throws(SQLiteError) {
            let connection = try SQLiteConnection(path: ":memory:", busyMilliseconds: 0)
            try HistoryFile.createTables(connection)
            return State(connection: connection, notice: notice, isPersistent: false)
        } catch {
            return State(connection: nil, notice: self.notice(error), isPersistent: false)
        }
    }

    private static func notice(_ error: any Error) -> String {
        let problem = (error as? HistoryFile.Unusable)?.problem ?? String(describing: error)
        return "history is not kept: \(problem)"
    }
}
