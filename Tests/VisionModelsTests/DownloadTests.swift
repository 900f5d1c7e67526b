import Foundation
import Hosting
import Testing
import VisionModels

/// Downloads from a server on this machine, which behaves well or badly.
@Suite(.serialized) struct DownloadTests {
    private static let content = (0..<300_000).map { UInt8(truncatingIfNeeded: ($0 &* 31) >> 3) }

    private func inFolder<R>(_ body: (String) throws -> R) throws -> R {
        let folder = NSTemporaryDirectory() + "download-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }

    private func digest(of content: [UInt8] = DownloadTests.content, in folder: String) throws
        -> String
    {
        let path = folder + "/original"
        try Data(content).write(to: URL(filePath: path))
        return try FileDigest.sha256(path)
    }

    /// What arrives of `content` from a server that answers as told; the error's text where there is
    /// one, and what it was asked for.
    private func fetched(
        in folder: String, digest: String? = nil, partial: [UInt8]? = nil,
        _ answer: @escaping @Sendable (LocalServer.Request) -> [LocalServer.Step]
    ) throws -> (content: [UInt8]?, error: String?, requests: [LocalServer.Request]) {
        let server = try LocalServer(answer)
        defer { server.stop() }
        let path = folder + "/file"
        if let partial { try Data(partial).write(to: URL(filePath: path + ".partial")) }
        var patience = Download.Patience()
        patience.stallSeconds = 1
        patience.delays = [0.01, 0.02]
        patience.mostBytes = 1 << 20
        var text: String?
        do {
            try Download(
                url: server.url + "/file", path: path,
                digest: digest ?? self.digest(in: folder), patience: patience
            ).run()
        } catch { text = "\(error)" }
        let content = FileManager.default.contents(atPath: path).map { [UInt8]($0) }
        return (content, text, server.requests)
    }

    @Test func aDigestIsThePublishedOne() throws {
        try inFolder { folder in
            // FIPS 180-2, appendix B.1
            let found = try digest(of: Array("abc".utf8), in: folder)
            #expect(
                found
                    == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        }
    }

    @Test func aWholeFileArrivesAtOnce() throws {
        try inFolder { folder in
            let result = try fetched(in: folder) { LocalServer.good(Self.content, $0) }
            #expect(result.content == Self.content)
            #expect(result.error == nil)
            #expect(result.requests.map(\.rangeStart) == [nil])
            #expect(!FileManager.default.fileExists(atPath: folder + "/file.partial"))
        }
    }

    @Test func whatIsThereIsNotFetchedAgain() throws {
        try inFolder { folder in
            let part = Array(Self.content[..<200_000])
            let result = try fetched(in: folder, partial: part) {
                LocalServer.good(Self.content, $0)
            }
            #expect(result.content == Self.content)
            #expect(result.requests.map(\.rangeStart) == [200_000])
        }
    }

    @Test func aFileThatIsWholeAlreadyIsTaken() throws {
        try inFolder { folder in
            let result = try fetched(in: folder, partial: Self.content) {
                LocalServer.good(Self.content, $0)
            }
            #expect(result.content == Self.content)
            #expect(result.error == nil)
        }
    }

    @Test func aPartOfAnotherFileIsThrownAway() throws {
        try inFolder { folder in
            let result = try fetched(in: folder, partial: [UInt8](repeating: 1, count: 1000)) {
                LocalServer.good(Self.content, $0)
            }
            #expect(result.content == Self.content)
            #expect(result.requests.map(\.rangeStart) == [1000, nil])
        }
    }

    @Test func aServerWithoutRangesSendsAllAgain() throws {
        try inFolder { folder in
            let part = Array(Self.content[..<1000])
            let result = try fetched(in: folder, partial: part) { request in
                var request = request
                request.rangeStart = nil
                return LocalServer.good(Self.content, request)
            }
            #expect(result.content == Self.content)
            #expect(result.error == nil)
        }
    }

    @Test func aConnectionThatStallsIsGivenUpAndGoneOnWith() throws {
        try inFolder { folder in
            let result = try fetched(in: folder) { request in
                let steps = LocalServer.good(Self.content, request)
                guard request.number == 0, case .send(let bytes) = steps[0] else { return steps }
                return [.send(Array(bytes[..<100_000])), .wait(seconds: 30)]
            }
            #expect(result.content == Self.content)
            #expect(result.requests.count == 2)
            #expect(result.requests[1].rangeStart ?? 0 > 90_000)
        }
    }

    @Test func answersThatAreCutShortAreGoneOnWith() throws {
        try inFolder { folder in
            let result = try fetched(in: folder) { request in
                guard case .send(let bytes) = LocalServer.good(Self.content, request)[0] else {
                    return []
                }
                return [.send(Array(bytes[..<min(bytes.count, 80_000)]))]
            }
            #expect(result.content == Self.content)
            #expect(result.requests.count == 4)
        }
    }

    @Test func aLengthThatNeverComesTrueIsAnError() throws {
        try inFolder { folder in
            let result = try fetched(in: folder) { request in
                guard request.rangeStart == nil else {
                    return [
                        .send(
                            LocalServer.head(
                                "206 Partial Content",
                                [
                                    "Content-Length: 100",
                                    "Content-Range: bytes 300000-300099/300100",
                                ]))
                    ]
                }
                return [
                    .send(LocalServer.head("200 OK", ["Content-Length: 300100"]) + Self.content)
                ]
            }
            #expect(result.content == nil)
            #expect(
                result.error?.hasSuffix(
                    "300000 of 300100 bytes are kept and the next attempt goes on from there")
                    == true, "\(result.error ?? "no error")")
            // The first one brought something, so it does not count as one in vain.
            #expect(result.requests.count == 4)
        }
    }

    @Test func aLengthThatIsTooShortIsAnotherFile() throws {
        try inFolder { folder in
            let result = try fetched(in: folder) { _ in
                [.send(LocalServer.head("200 OK", ["Content-Length: 1000"]) + Self.content)]
            }
            #expect(result.content == nil)
            #expect(result.error?.contains("what was downloaded is another file") == true)
        }
    }

    @Test func anEnormousLengthTakesNoSpace() throws {
        try inFolder { folder in
            let result = try fetched(in: folder) { _ in
                [.send(LocalServer.head("200 OK", ["Content-Length: 9000000000000000000"]))]
                    + [.send(Self.content)]
            }
            #expect(result.content == nil)
            #expect(
                result.error?.contains("the file is too large, expected at most 1048576 bytes")
                    == true, "\(result.error ?? "no error")")
        }
    }

    @Test func anEndlessAnswerIsEnded() throws {
        try inFolder { folder in
            let result = try fetched(in: folder) { _ in
                [.send(LocalServer.head("200 OK", []))]
                    + [LocalServer.Step](repeating: .send(Self.content), count: 8)
            }
            #expect(result.content == nil)
            #expect(result.error?.contains("the answer is longer than") == true)
        }
    }

    @Test func wrongBytesAreThrownAway() throws {
        try inFolder { folder in
            var wrong = Self.content
            wrong[200_000] ^= 1
            let sent = wrong
            let result = try fetched(in: folder) { LocalServer.good(sent, $0) }
            #expect(result.content == nil)
            #expect(result.error?.contains("expected SHA-256 ") == true)
            let left = FileManager.default.contents(atPath: folder + "/file.partial")
            #expect(left?.isEmpty == true)
        }
    }

    @Test func aMissingFileIsNotAskedForAgain() throws {
        try inFolder { folder in
            let result = try fetched(in: folder) { _ in
                [.send(LocalServer.head("404 Not Found", ["Content-Length: 3"]) + [1, 2, 3])]
            }
            #expect(result.error?.contains("the server answers 404") == true)
            #expect(result.requests.count == 1)
        }
    }

    @Test func aServerInTroubleIsAskedAgain() throws {
        try inFolder { folder in
            let result = try fetched(in: folder) { request in
                request.number < 2
                    ? [.send(LocalServer.head("503 Service Unavailable", ["Content-Length: 0"]))]
                    : LocalServer.good(Self.content, request)
            }
            #expect(result.content == Self.content)
            #expect(result.requests.count == 3)
        }
    }

    @Test func redirectionsAreFollowedToWebPagesAlone() throws {
        try inFolder { folder in
            let result = try fetched(in: folder) { request in
                request.path == "/file"
                    ? [
                        .send(
                            LocalServer.head(
                                "302 Found", ["Location: /other", "Content-Length: 9"]))
                    ]
                    : LocalServer.good(Self.content, request)
            }
            #expect(result.content == Self.content)
        }
        try inFolder { folder in
            let result = try fetched(in: folder) { _ in
                [
                    .send(
                        LocalServer.head(
                            "302 Found", ["Location: file:///etc/hostname", "Content-Length: 0"]))
                ]
            }
            #expect(result.content == nil && result.error != nil)
        }
    }

    @Test func nobodyAnswersIsAnError() throws {
        try inFolder { folder in
            let server = try LocalServer { _ in [] }
            let url = server.url
            server.stop()
            var patience = Download.Patience()
            patience.delays = []
            let error = #expect(throws: HubError.self) {
                try Download(url: url, path: folder + "/x", digest: "00", patience: patience).run()
            }
            #expect(error?.kind == .download)
        }
    }

    @Test func aDownloadStopsWhenItIsToldTo() throws {
        try inFolder { folder in
            let cancellation = Cancellation()
            let host = Host(output: StandardOutput(), cancellation: cancellation)
            let start = ContinuousClock.now
            let result = try Host.$current.withValue(host) {
                try fetched(in: folder, digest: "00") { request in
                    cancellation.request()
                    guard case .send(let bytes) = LocalServer.good(Self.content, request)[0] else {
                        return []
                    }
                    return [.send(Array(bytes[..<1000])), .wait(seconds: 9)]
                }
            }
            #expect(result.error == "interrupted")
            #expect(ContinuousClock.now - start < .seconds(4))
        }
    }
}
