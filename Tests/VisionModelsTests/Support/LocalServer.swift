import Foundation
import Glibc
import Synchronization

/// A web server on this machine that answers as a test tells it to, well or badly.
final class LocalServer: Sendable {
    /// What a client asked for.
    struct Request: Sendable {
        var path: String
        /// The first byte that is wanted; `nil` for all.
        var rangeStart: Int?
        /// How many requests came before.
        var number: Int
    }

    /// What the server does for one request, in this order, before it closes the connection.
    enum Step: Sendable {
        case send([UInt8])
        case wait(seconds: Double)
    }

    let port: UInt16
    private let listener: Int32
    private let answer: @Sendable (Request) -> [Step]
    private let seen = Mutex<[Request]>([])
    private let isStopped = Atomic<Bool>(false)

    var url: String { "http://127.0.0.1:\(port)" }
    /// The requests so far.
    var requests: [Request] { seen.withLock { $0 } }

    init(_ answer: @escaping @Sendable (Request) -> [Step]) throws {
        self.answer = answer
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 8) == 0
                    && getsockname(listener, $0, &size) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRINUSE) }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in serve() }
    }

    func stop() {
        isStopped.store(true, ordering: .relaxed)
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// The whole of `content`, or the part that is asked for, as a good server answers.
    static func good(_ content: [UInt8], _ request: Request) -> [Step] {
        guard let start = request.rangeStart else {
            return [.send(head("200 OK", ["Content-Length: \(content.count)"]) + content)]
        }
        guard start < content.count else {
            return [.send(head("416 Range Not Satisfiable", ["Content-Length: 0"]))]
        }
        return [
            .send(
                head(
                    "206 Partial Content",
                    [
                        "Content-Length: \(content.count - start)",
                        "Content-Range: bytes \(start)-\(content.count - 1)/\(content.count)",
                    ]) + content[start...])
        ]
    }

    /// A status line and headers.
    static func head(_ status: String, _ lines: [String]) -> [UInt8] {
        Array(
            (["HTTP/1.1 \(status)", "Connection: close"] + lines + ["", ""])
                .joined(separator: "\r\n").utf8)
    }

    private func serve() {
        while !isStopped.load(ordering: .relaxed) {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            Thread.detachNewThread { [self] in
                if let request = request(on: connection) {
                    for step in answer(request) { follow(step, on: connection) }
                }
                close(connection)
            }
        }
    }

    private func follow(_ step: Step, on connection: Int32) {
        switch step {
        case .send(let bytes):
            var done = 0
            while done < bytes.count {
                let count = bytes.withUnsafeBytes {
                    send(
                        connection, $0.baseAddress! + done, bytes.count - done,
                        Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                done += count
            }
        case .wait(let seconds): usleep(UInt32(seconds * 1e6))
        }
    }

    private func request(on connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]) {
            let count = recv(connection, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            bytes += piece[..<count]
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        let range = lines.first { $0.lowercased().hasPrefix("range: bytes=") }
        let start = range.flatMap { Int($0.dropFirst("range: bytes=".count).dropLast()) }
        return seen.withLock { seen in
            let path = lines.first?.split(separator: " ").dropFirst().first.map(String.init) ?? ""
            let request = Request(path: path, rangeStart: start, number: seen.count)
            seen.append(request)
            return request
        }
    }
}
