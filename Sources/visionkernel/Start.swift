import ArgumentParser
import Glibc
import JupyterKernel
import JupyterProtocol
import Logging
import Sessions
import ZeroMQTransport

/// Serves one kernel until a front end shuts it down.
struct Start: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a kernel; Jupyter runs this.")

    @Option(help: ArgumentHelp("Where to listen, as Jupyter wrote it.", valueName: "file"))
    var connectionFile: String

    func run() throws {
        let serving = Serving()
        let watch = SignalWatch([SIGINT, SIGTERM]) { serving.handle(signal: $0) }
        defer { withExtendedLifetime(watch) {} }
        let connection = try ConnectionInfo(contentsOfFile: connectionFile)
        let native = try NativeOutput()
        let logger = Logger(label: "visionkernel") { _ in
            DescriptorLog(descriptor: native.originalStandardError)
        }
        let report: @Sendable (String) -> Void = { logger.warning("\($0)") }
        do {
            let transport = try ZeroMQTransport(
                connection, listeners: .takeFromEnvironment(), report: report)
            let kernel = try Kernel(
                transport: transport, key: connection.key, info: Self.info, native: native,
                report: report, makeEvaluator: { Self.makeEvaluator(report: report) })
            try kernel.start()
            serving.kernel(kernel)
            try ParentWatch.start { kernel.shutDown() }
            kernel.waitForShutdown()
        } catch {
            native.restore()
            throw error
        }
        // A cell that did not stop in time must not see the process being taken apart.
        _exit(0)
    }

    private static func makeEvaluator(report: (String) -> Void) -> any Evaluator {
        let history = History(frontEnd: "kernel")
        if let notice = history.takeNotice() { report(notice) }
        return SessionEvaluator(.vision(history: history, frontEnd: "kernel"))
    }

    private static var info: KernelInfo {
        KernelInfo(
            implementation: "visionkernel", version: ProductVersion.current,
            languageVersion: LanguageInfo.swift.version,
            banner:
                "Swift Vision \(ProductVersion.current): ?name explains a name, :help lists commands",
            helpLinks: [
                ("The Swift Programming Language", "https://docs.swift.org/swift-book/"),
                ("Jupyter", "https://docs.jupyter.org/"),
            ])
    }
}
