import ArgumentParser
import Glibc
import NotebookRunner
import Sessions

/// Executes notebooks without a front end.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Execute notebooks without Jupyter.",
        discussion: """
            Exits with 0 when every cell ran, 1 when one failed or differs from what is stored, 2 for \
            a file that cannot be used, 130 after Ctrl-C and 143 when it is terminated. A notebook \
            that fails is written too, with its error in it. Each notebook runs in a process of its \
            own; one that crashes is reported with the cell and the line it was at.

            Cells tagged 'raises-exception' may fail, those tagged 'skip-execution' stay as they \
            are. With --check, the tags 'nbval-ignore-output', 'nbval-skip' and \
            'nbval-check-output' (for --lax) count too, also as comments such as \
            '// NBVAL_IGNORE_OUTPUT', and 'tolerance:0.01' or 'picture-tolerance:10' set one \
            cell's tolerance.
            """)

    @Argument(help: ArgumentHelp("Notebooks to execute, in this order.", valueName: "notebook"))
    var notebooks: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where to write the executed notebook; of several, an existing folder or one that is "
                + "written with a / at its end.", valueName: "file"))
    var output: String?

    @Flag(help: "Write each executed notebook over the one that was read.")
    var inPlace = false

    @Option(
        name: [.customShort("p"), .customLong("parameter")],
        help: ArgumentHelp(
            "A value for a name in the cell tagged 'parameters', such as -p epochs=3 or "
                + "-p 'sizes=[64, 128]'; may be repeated.", valueName: "name=value"))
    var parameter: [String] = []

    @Option(
        name: .customLong("parameters"),
        help: ArgumentHelp("The same from a YAML file.", valueName: "file.yaml"))
    var parameterFile: [String] = []

    @Flag(help: "Compare what the cells put out with what is stored.")
    var check = false

    @Flag(help: "Compare only cells tagged 'nbval-check-output'.")
    var lax = false

    @Option(
        help: ArgumentHelp(
            "With --check: how far numbers with a decimal point may be apart, as a share.",
            valueName: "share"))
    var tolerance = 0.0

    @Option(
        help: ArgumentHelp(
            "With --check: how far the colours of pictures may be apart, in CIE Lab.",
            valueName: "distance"))
    var pictureTolerance = 5.0

    @Flag(help: "Print what the cells put out, pictures too, when a notebook is through.")
    var show = false

    @Option(help: ArgumentHelp("How long one cell may take.", valueName: "seconds"))
    var timeout: Double?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("How many notebooks run at a time.", valueName: "number"))
    var jobs = 1

    @Option(help: ArgumentHelp("Write a report for continuous integration.", valueName: "file.xml"))
    var junit: String?

    @Option(
        help: ArgumentHelp(
            "Write the executed notebooks as one page for a browser.", valueName: "file.html"))
    var html: String?

    func validate() throws {
        if output != nil && inPlace {
            throw ValidationError("-o and --in-place exclude each other")
        }
        if let output, notebooks.count > 1, !Self.isFolder(output) {
            throw ValidationError(
                "-o takes a folder for \(notebooks.count) notebooks, got '\(output)', which is none; "
                    + "write '\(output)/' to have it made")
        }
        if check && inPlace {
            throw ValidationError(
                "--check compares with what is stored, --in-place would replace it")
        }
        if !check && (lax || tolerance != 0 || pictureTolerance != 5) {
            throw ValidationError("--lax and the tolerances need --check")
        }
        if show && output == nil && !inPlace {
            throw ValidationError(
                "--show shows what was written: expected -o or --in-place with it")
        }
        if let timeout, !(timeout > 0) {
            throw ValidationError("--timeout must be positive, got \(timeout)")
        }
        if jobs < 1 { throw ValidationError("--jobs must be at least 1, got \(jobs)") }
        for (name, value) in [("tolerance", tolerance), ("picture-tolerance", pictureTolerance)]
        where !(value >= 0) {
            throw ValidationError("--\(name) must not be negative, got \(value)")
        }
    }

    func run() throws {
        let run = NotebookRun(
            .init(
                notebooks: notebooks, destination: destination, timeout: timeout, jobs: jobs,
                parameters: try parameters(), check: check ? outputCheck : nil),
            program: Worker.Program(path: "/proc/self/exe", arguments: ["cells"]))
        let watch = SignalWatch([SIGINT, SIGTERM]) { run.interrupt(signal: $0) }
        defer { withExtendedLifetime(watch) {} }
        let report = run.run()
        if let junit { try write(JUnitReport(report).text, to: junit) }
        if let html { try write(HTMLReport(report).text, to: html) }
        if show {
            for notebook in report.notebooks {
                if let output = notebook.output { try OutputShow().show(output) }
            }
        }
        throw ExitCode(report.exitCode)
    }

    private var destination: NotebookRun.Options.Destination {
        if inPlace { return .inPlace }
        guard let output else { return .nowhere }
        return Self.isFolder(output) ? .folder(output) : .file(output)
    }

    private var outputCheck: OutputCheck {
        OutputCheck(
            isLax: lax, tolerance: tolerance, pictureTolerance: pictureTolerance,
            pictureDifference: PictureComparison.difference)
    }

    /// Those of the files, then those of the command line, which win.
    private func parameters() throws -> [Parameter] {
        do {
            var all = try parameterFile.flatMap { try Parameter.all(inFile: $0) }
            for argument in parameter { all.append(try Parameter(argument: argument)) }
            return all.enumerated().filter { index, parameter in
                !all[(index + 1)...].contains { $0.name == parameter.name }
            }.map(\.element)
        } catch let error as ParameterError {
            throw ValidationError(error.problem)
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return path.hasSuffix("/")
            || stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    /// Writes a report. One that cannot be written is a mistake in the command.
    private func write(_ text: String, to path: String) throws {
        do {
            try TextFile.write(text, to: path)
        } catch {
            throw ValidationError(String(describing: error))
        }
    }
}
