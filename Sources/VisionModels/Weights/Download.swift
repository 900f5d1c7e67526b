import Glibc
import Hosting

/// Fetches one file over HTTP: goes on where an earlier attempt ended, tries again where the
/// connection fails, and gives the file its name when its digest is the published one.
package struct Download {
    /// How patient it is.
    package struct Patience: Sendable {
        /// Seconds without a byte after which a connection counts as failed.
        package var stallSeconds = 30
        /// Seconds before each attempt after the first one.
        package var delays: [Double] = [1, 3, 10]
        /// The most bytes that a file may have.
        package var mostBytes = 8 << 30

        package init() {}
    }

    let url: String
    /// Where the file goes.
    let path: String
    /// The first digits of the SHA-256, or all of them.
    let digest: String
    let patience: Patience

    /// The file at `url`, which goes to `path`.
    package init(url: String, path: String, digest: String, patience: Patience = Patience()) {
        self.url = url
        self.path = path
        self.digest = digest
        self.patience = patience
    }

    private var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    private var partialPath: String { path + ".partial" }

    /// Throws a `HubError` where the server does not deliver, and `Interrupted` where the work is to
    /// stop; what came is kept for the next time.
    package func run() throws {
        let curl = try CurlLibrary.shared
        let partial = open(partialPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard partial >= 0 else { throw writeFailure() }
        defer { close(partial) }
        try waitForTurn(partial)
        if access(path, F_OK) == 0 { return }
        var attempt = Attempt(size: Int(lseek(partial, 0, SEEK_END)))
        var failures = 0
        while true {
            let before = attempt.size
            let wasResumed = before > 0
            let problem = try fetch(with: curl, into: partial, &attempt)
            guard let problem else {
                if try isPublished(partialPath) { break }
                try discard(partial, &attempt)
                // The earlier part may have been of another file; a whole one is wrong for good.
                guard wasResumed else { throw wrongFile() }
                continue
            }
            guard problem.mayPass else { throw failure(problem, attempt) }
            failures = attempt.size > before + 65_536 ? 0 : failures + 1
            guard failures <= patience.delays.count else { throw failure(problem, attempt) }
            try rest(patience.delays.dropFirst(max(0, failures - 1)).first ?? 0)
        }
        guard rename(partialPath, path) == 0 else { throw writeFailure() }
    }

    /// What has come so far.
    private struct Attempt {
        var size: Int
        var total: Int?
    }

    private struct Problem {
        var text: String
        /// Whether trying again may help.
        var mayPass: Bool
    }

    /// What one answer says and where it goes.
    private final class Answer {
        var status = 0
        var length: Int?
        var rangeStart: Int?
        var rangeTotal: Int?
        var hasBegun = false
        var error: HubError?
        var reporter: ProgressReporter?

        func take(_ line: String) {
            let line = line.lowercased()
            if line.hasPrefix("http/") {
                // The answer to the last of several redirections counts.
                status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
                (length, rangeStart, rangeTotal) = (nil, nil, nil)
            } else if line.hasPrefix("content-length:") {
                length = Int(Self.value(line))
            } else if line.hasPrefix("content-range:") {
                // bytes 100-199/200
                let parts = Self.value(line).split { " -/".contains($0) }
                guard parts.count == 4, parts[0] == "bytes" else { return }
                rangeStart = Int(parts[1])
                rangeTotal = Int(parts[3])
            }
        }

        private static func value(_ line: String) -> String {
            let text = line.drop { $0 != ":" }.dropFirst()
            return String(text.filter { !$0.isNewline }).trimmed
        }
    }

    /// One request for what is missing; `nil` where everything came.
    private func fetch(
        with curl: CurlLibrary, into partial: Int32, _ attempt: inout Attempt
    ) throws -> Problem? {
        let answer = Answer()
        let start = attempt.size
        var size = start
        var total: Int?
        let cancellation = Host.current.cancellation
        let outcome = try curl.perform(
            CurlLibrary.Request(
                url: url, offset: start, stallSeconds: patience.stallSeconds,
                head: { answer.take($0) },
                body: { bytes in
                    // What an error says is not the file.
                    guard answer.status == 200 || answer.status == 206 else { return true }
                    do {
                        if !answer.hasBegun {
                            total = try begin(answer, partial, &size)
                            answer.hasBegun = true
                        }
                        guard size + bytes.count <= total ?? patience.mostBytes else {
                            throw HubError(.download, "\(url): the answer is longer than it says")
                        }
                        try write(bytes, to: partial, at: size)
                        size += bytes.count
                        answer.reporter?.advance(by: bytes.count)
                        return !cancellation.isRequested
                    } catch {
                        answer.error = error as? HubError
                        return false
                    }
                }, isWanted: { !cancellation.isRequested }))
        attempt = Attempt(size: size, total: total ?? attempt.total)
        answer.reporter?.finish()
        try cancellation.check()
        if let error = answer.error { throw error }
        return try problem(outcome, answer, partial, &attempt)
    }

    /// Decides where the first piece goes; gives the size of the whole file where the server says it.
    private func begin(_ answer: Answer, _ partial: Int32, _ size: inout Int) throws -> Int? {
        let continues = answer.status == 206 && answer.rangeStart == size
        if !continues {
            guard answer.status == 200 else {
                throw HubError(.download, "\(url): the server sends another part than asked for")
            }
            guard ftruncate(partial, 0) == 0 else { throw writeFailure() }
            size = 0
        }
        let stated = answer.length.map { size.addingReportingOverflow($0) }
        let total = answer.rangeTotal ?? stated.map { $0.overflow ? .max : $0.partialValue }
        guard total ?? 0 <= patience.mostBytes else {
            throw HubError(
                .download,
                "\(url): the file is too large, expected at most \(patience.mostBytes) "
                    + "bytes, got \(total ?? 0)")
        }
        answer.reporter = ProgressReporter("Downloading \(name)", total: total, unit: "bytes")
        answer.reporter?.advance(by: size)
        return total
    }

    private func problem(
        _ outcome: CurlLibrary.Outcome, _ answer: Answer, _ partial: Int32,
        _ attempt: inout Attempt
    ) throws -> Problem? {
        switch outcome.status {
        case 200, 206:
            if let failure = outcome.failure { return Problem(text: failure, mayPass: true) }
            if let total = attempt.total, attempt.size < total {
                return Problem(text: "the answer ended early", mayPass: true)
            }
            return answer.hasBegun ? nil : Problem(text: "the answer is empty", mayPass: true)
        case 416:
            // Nothing is left to send: all of it is here, or what is here is of another file.
            return nil
        case 0:
            return Problem(text: outcome.failure ?? "no answer", mayPass: true)
        default:
            let mayPass = [408, 425, 429].contains(outcome.status) || outcome.status >= 500
            return Problem(text: "the server answers \(outcome.status)", mayPass: mayPass)
        }
    }

    private func failure(_ problem: Problem, _ attempt: Attempt) -> HubError {
        var text = "cannot download \(url): \(problem.text)"
        if attempt.size > 0 {
            text +=
                "; \(attempt.size)" + (attempt.total.map { " of \($0)" } ?? "")
                + " bytes are kept and the next attempt goes on from there"
        }
        return HubError(.download, text)
    }

    private func isPublished(_ path: String) throws -> Bool {
        try FileDigest.sha256(path).hasPrefix(digest)
    }

    private func wrongFile() -> HubError {
        HubError(
            .damaged,
            "\(url): what was downloaded is another file, expected SHA-256 \(digest)"
                + (digest.count < 64 ? "..." : "") + "; it was thrown away")
    }

    private func discard(_ partial: Int32, _ attempt: inout Attempt) throws {
        guard ftruncate(partial, 0) == 0 else { throw writeFailure() }
        attempt = Attempt(size: 0)
    }

    /// Waits while another process fetches the same file.
    private func waitForTurn(_ partial: Int32) throws {
        while flock(partial, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw writeFailure() }
            try rest(0.2)
        }
    }

    private func rest(_ seconds: Double) throws {
        let end = ContinuousClock.now + .milliseconds(Int(seconds * 1000))
        repeat {
            try Host.current.cancellation.check()
            usleep(20_000)
        } while ContinuousClock.now < end
    }

    private func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int) throws {
        var done = 0
        while done < bytes.count {
            let count = pwrite(
                file, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw writeFailure() }
            done += count
        }
    }

    private func writeFailure() -> HubError {
        HubError(.unavailable, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
