import CCurl
import Glibc

/// libcurl, loaded when it is first asked for.
final class CurlLibrary: @unchecked Sendable {
    // Invariant: the functions are found once and never change; libcurl lets any thread call them.
    private let setter: UnsafeMutableRawPointer
    private let getter: UnsafeMutableRawPointer
    private let makeHandle: @convention(c) () -> UnsafeMutableRawPointer?
    private let freeHandle: @convention(c) (UnsafeMutableRawPointer) -> Void
    private let run: @convention(c) (UnsafeMutableRawPointer) -> CURLcode
    private let explain: @convention(c) (CURLcode) -> UnsafePointer<CChar>?

    private static let loaded = Result { try CurlLibrary() }

    /// The library; throws where the system has none.
    static var shared: CurlLibrary { get throws { try loaded.get() } }

    private init() throws {
        let names = ["libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.so"]
        guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first
        else {
            throw HubError(
                .unavailable,
                "downloads need libcurl, which is not installed: sudo apt-get install libcurl4")
        }
        func symbol(_ name: String) throws -> UnsafeMutableRawPointer {
            guard let found = dlsym(library, name) else {
                throw HubError(.unavailable, "this libcurl is too old: it has no \(name)")
            }
            return found
        }
        func function<F>(_ name: String, _: F.Type) throws -> F {
            unsafeBitCast(try symbol(name), to: F.self)
        }
        setter = try symbol("curl_easy_setopt")
        getter = try symbol("curl_easy_getinfo")
        makeHandle = try function(
            "curl_easy_init", (@convention(c) () -> UnsafeMutableRawPointer?).self)
        freeHandle = try function(
            "curl_easy_cleanup", (@convention(c) (UnsafeMutableRawPointer) -> Void).self)
        run = try function(
            "curl_easy_perform", (@convention(c) (UnsafeMutableRawPointer) -> CURLcode).self)
        explain = try function(
            "curl_easy_strerror", (@convention(c) (CURLcode) -> UnsafePointer<CChar>?).self)
        let start = try function("curl_global_init", (@convention(c) (Int) -> CURLcode).self)
        guard start(3) == CURLE_OK else {
            throw HubError(.unavailable, "libcurl does not start")
        }
    }

    /// One request and its answer, which arrive through the callbacks.
    struct Request {
        var url: String
        /// The first byte that is wanted.
        var offset = 0
        /// Seconds without a byte after which it counts as failed.
        var stallSeconds = 30
        /// Seconds after which a connection that does not come about counts as failed.
        var connectSeconds = 20
        /// A line of the answer's head, such as `HTTP/1.1 206 Partial Content`.
        var head: (String) -> Void = { _ in }
        /// A piece of the answer's body; `false` ends the request.
        var body: (UnsafeRawBufferPointer) -> Bool
        /// Asked several times a second; `false` ends the request.
        var isWanted: () -> Bool = { true }
    }

    /// How a request ended.
    struct Outcome {
        /// 0 where no answer came.
        var status: Int
        /// What went wrong on the way; `nil` where the answer came whole.
        var failure: String?
    }

    /// What libcurl's callbacks are given.
    private final class Callbacks {
        let request: Request
        /// When something came the last time.
        var lastSign = ContinuousClock.now
        var hasStalled = false

        init(_ request: Request) { self.request = request }

        static func of(_ pointer: UnsafeMutableRawPointer?) -> Callbacks? {
            pointer.map { Unmanaged<Callbacks>.fromOpaque($0).takeUnretainedValue() }
        }

        /// Whether to go on, asked several times a second.
        func goesOn() -> Bool {
            hasStalled = ContinuousClock.now - lastSign > .seconds(request.stallSeconds)
            return !hasStalled && request.isWanted()
        }
    }

    /// Asks and waits for the end; the callbacks run on this thread.
    func perform(_ request: Request) throws -> Outcome {
        guard let handle = makeHandle() else {
            throw HubError(.unavailable, "libcurl has no memory for a request")
        }
        defer { freeHandle(handle) }
        let callbacks = Callbacks(request)
        let own = Unmanaged.passUnretained(callbacks).toOpaque()
        func set(_ option: CURLoption, _ value: Int) {
            _ = vision_curl_set_long(setter, handle, option, value)
        }
        // Strings are copied by libcurl.
        _ = request.url.withCString {
            vision_curl_set_pointer(setter, handle, CURLOPT_URL, $0)
        }
        _ = "swift-vision".withCString {
            vision_curl_set_pointer(setter, handle, CURLOPT_USERAGENT, $0)
        }
        let isSecure = request.url.hasPrefix("https:")
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_FOLLOWLOCATION, 1)
        set(CURLOPT_MAXREDIRS, 8)
        // Web pages alone, and never from a secure one to another.
        set(vision_curl_protocols, Int(CURLPROTO_HTTP | CURLPROTO_HTTPS))
        set(
            vision_curl_redirect_protocols,
            Int(isSecure ? CURLPROTO_HTTPS : CURLPROTO_HTTP | CURLPROTO_HTTPS))
        set(CURLOPT_CONNECTTIMEOUT, request.connectSeconds)
        set(CURLOPT_NOPROGRESS, 0)
        if request.offset > 0 {
            // Unlike the option to resume, a range takes an answer from the start too.
            _ = "\(request.offset)-".withCString {
                vision_curl_set_pointer(setter, handle, CURLOPT_RANGE, $0)
            }
        }
        _ = vision_curl_set_writer(setter, handle, CURLOPT_WRITEFUNCTION) {
            bytes, size, count, own in
            guard let callbacks = Callbacks.of(own) else { return 0 }
            callbacks.lastSign = .now
            let all = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return callbacks.request.body(all) ? all.count : 0
        }
        _ = vision_curl_set_pointer(setter, handle, CURLOPT_WRITEDATA, own)
        _ = vision_curl_set_writer(setter, handle, CURLOPT_HEADERFUNCTION) {
            bytes, size, count, own in
            let all = UnsafeRawBufferPointer(start: bytes, count: size * count)
            Callbacks.of(own)?.lastSign = .now
            Callbacks.of(own)?.request.head(String(decoding: all, as: UTF8.self))
            return all.count
        }
        _ = vision_curl_set_pointer(setter, handle, CURLOPT_HEADERDATA, own)
        _ = vision_curl_set_progress(setter, handle) { own, _, _, _, _ in
            Callbacks.of(own)?.goesOn() == false ? 1 : 0
        }
        _ = vision_curl_set_pointer(setter, handle, CURLOPT_XFERINFODATA, own)
        let code = run(handle)
        var failure =
            code == CURLE_OK
            ? nil : explain(code).map { String(cString: $0) } ?? "libcurl error \(code.rawValue)"
        if callbacks.hasStalled { failure = "nothing came for \(request.stallSeconds) seconds" }
        let status = vision_curl_response_code(getter, handle)
        withExtendedLifetime(callbacks) {}
        return Outcome(status: status, failure: failure)
    }
}
