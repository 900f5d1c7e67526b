import CSQLite

/// A statement that SQLite refused, with its code and its own words.
struct SQLiteError: Error, CustomStringConvertible {
    var code: Int32
    var message: String
    var statement: String

    var description: String { "\(message) (SQLite code \(code), in '\(statement)')" }
}

/// One open database.
///
/// Sendable because its owner, a `History`, uses it under its lock alone.
final class SQLiteConnection: @unchecked Sendable {
    private var handle: OpaquePointer?

    /// Opens the file, or a database in memory for `:memory:`.
    init(path: String, busyMilliseconds: Int32) throws(SQLiteError) {
        let status = sqlite3_open_v2(
            path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
        guard status == SQLITE_OK else {
            let error = failure(status, "open \(path)")
            sqlite3_close_v2(handle)
            handle = nil
            throw error
        }
        sqlite3_busy_timeout(handle, busyMilliseconds)
    }

    deinit { sqlite3_close_v2(handle) }

    enum Argument {
        case integer(Int)
        case real(Double)
        case text(String)
        case null
    }

    /// One result row while it is being read.
    struct Row {
        fileprivate let statement: OpaquePointer

        func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }

        func text(_ column: Int32) -> String? {
            guard let bytes = sqlite3_column_text(statement, column) else { return nil }
            let count = Int(sqlite3_column_bytes(statement, column))
            return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
        }
    }

    var lastInsertedRow: Int { Int(sqlite3_last_insert_rowid(handle)) }

    /// Runs one statement and gives each of its rows to `read`.
    func run(
        _ sql: String, _ arguments: [Argument] = [], read: (Row) -> Void = { _ in }
    ) throws(SQLiteError) {
        var statement: OpaquePointer?
        let prepared = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
        guard prepared == SQLITE_OK, let statement else { throw failure(prepared, sql) }
        defer { sqlite3_finalize(statement) }
        for (index, argument) in arguments.enumerated() {
            let status = bind(argument, to: statement, at: Int32(index + 1))
            guard status == SQLITE_OK else { throw failure(status, sql) }
        }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: read(Row(statement: statement))
            case SQLITE_DONE: return
            case let status: throw failure(status, sql)
            }
        }
    }

    private func bind(_ argument: Argument, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch argument {
        case .integer(let value): return sqlite3_bind_int64(statement, index, Int64(value))
        case .real(let value): return sqlite3_bind_double(statement, index, value)
        case .null: return sqlite3_bind_null(statement, index)
        case .text(var value):
            // SQLITE_TRANSIENT, whose macro Swift cannot see: SQLite copies the text.
            let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            return value.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    sqlite3_bind_text64(
                        statement, index, characters.baseAddress, UInt64(characters.count),
                        transient, UInt8(SQLITE_UTF8))
                }
            }
        }
    }

    private func failure(_ code: Int32, _ sql: String) -> SQLiteError {
        let message = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "out of memory"
        return SQLiteError(code: code, message: message, statement: sql)
    }
}
