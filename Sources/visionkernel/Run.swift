import ArgumentParser
import Glibc
import NotebookRunner
import Sessions

/// Executes notebooks without a front end.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Execute notebooks without Jupyter.",
        discussion: """
            Exits with 0 when every cell ran, 1 when one failed, 2 for a file that cannot be used \
            and 130 after Ctrl-C. A notebook that fails is written too, with its error in it.
            """)

    @Argument(help: ArgumentHelp("Notebooks to execute, in this order.", valueName: "notebook"))
    var notebooks: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where to write the executed notebook.", valueName: "file"))
    var output: String?

    @Flag(help: "Write each executed notebook over the one that was read.")
    var inPlace = false

    @Flag(help: "Print what the cells put out, pictures too, when a notebook is through.")
    var show = false

    @Option(help: ArgumentHelp("How long one cell may take.", valueName: "seconds"))
    var timeout: Double?

    func validate() throws {
        if output != nil && inPlace {
            throw ValidationError("-o and --in-place exclude each other")
        }
        if output != nil && notebooks.count > 1 {
            throw ValidationError("-o takes one notebook, got \(notebooks.count)")
        }
        if show && output == nil && !inPlace {
            throw ValidationError(
                "--show shows what was written: expected -o or --in-place with it")
        }
        if let timeout, !(timeout > 0) {
            throw ValidationError("--timeout must be positive, got \(timeout)")
        }
    }

    func run() throws {
        let destination: NotebookRun.Options.Destination =
            if let output { .file(output) } else if inPlace { .inPlace } else { .nowhere }
        let options = NotebookRun.Options(
            notebooks: notebooks, destination: destination, timeout: timeout)
        let run = NotebookRun(options) { .vision(history: nil, frontEnd: "run") }
        let watch = SignalWatch([SIGINT]) { _ in run.interrupt() }
        defer { withExtendedLifetime(watch) {} }
        let report = run.run()
        if show {
            for notebook in report.notebooks {
                if let output = notebook.output { try OutputShow().show(output) }
            }
        }
        throw ExitCode(report.exitCode)
    }
}
