import CSQLite
import Glibc

/// The one database file of all sessions.
enum HistoryFile {
    /// A folder or a file that cannot be used.
    struct Unusable: Error {
        var problem: String
    }

    /// Opens the file in the folder and creates what is missing.
    static func open(_ folder: String) throws -> SQLiteConnection {
        if let problem = StateFolder.create(folder) { throw Unusable(problem: problem) }
        let path = folder + "/history.sqlite"
        // What people type is theirs alone, so the file is made before SQLite makes it for everybody.
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Unusable(problem: "\(path): \(String(cString: strerror(errno)))")
        }
        close(descriptor)
        let connection = try SQLiteConnection(path: path, busyMilliseconds: 3000)
        var version = 0
        try connection.run("PRAGMA user_version") { version = $0.integer(0) }
        if version == 0 { try createTables(connection) }
        try connection.run("PRAGMA synchronous = NORMAL")
        return connection
    }

    /// Safe to run by several processes at once: whoever comes second finds everything there.
    static func createTables(_ connection: SQLiteConnection) throws(SQLiteError) {
        // The change to WAL does not wait for other processes, and it is only a matter of speed.
        do throws(SQLiteError) {
            try connection.run("PRAGMA journal_mode = WAL")
        } catch  where error.code == SQLITE_BUSY || error.code == SQLITE_LOCKED {}
        try connection.run("BEGIN IMMEDIATE")
        try connection.run(
            "CREATE TABLE IF NOT EXISTS session (id INTEGER PRIMARY KEY AUTOINCREMENT, "
                + "started INTEGER NOT NULL, front_end TEXT NOT NULL)")
        try connection.run(
            "CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY AUTOINCREMENT, "
                + "session INTEGER NOT NULL REFERENCES session (id), line INTEGER NOT NULL, "
                + "source TEXT NOT NULL, output TEXT, UNIQUE (session, line))")
        try connection.run("PRAGMA user_version = 1")
        try connection.run("COMMIT")
    }
}
