import Glibc
import JupyterProtocol

/// A thread that runs closures one after another, in the order they came.
final class Worker: Sendable {
    typealias Work = @Sendable () -> Void

    private let queue = Monitor<[Work]>([])

    /// Starts the thread, which lives as long as the process. Throws where the system has none.
    init(name: String, stackBytes: Int) throws {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackBytes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let queue = queue
        let loop = Unmanaged.passRetained(
            Body {
                while true {
                    let work = queue.wait { $0.isEmpty ? nil : $0.removeFirst() }
                    work()
                }
            })
        var thread = pthread_t()
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, loop.toOpaque())
        guard status == 0 else {
            loop.release()
            throw KernelError("thread \(name): \(String(cString: strerror(status)))")
        }
    }

    func async(_ work: @escaping Work) { queue.notify { $0.append(work) } }

    private final class Body {
        let run: Work
        init(run: @escaping Work) { self.run = run }
    }
}
