import ArgumentParser
import Glibc
import Sessions

/// The command line: what Jupyter starts, what installs it, and notebooks run without Jupyter.
@main
struct VisionKernel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visionkernel",
        abstract: "The Swift Vision kernel for Jupyter.",
        discussion: """
            Install it once with 'visionkernel install'; JupyterLab then offers "Swift Vision".
            'visionkernel run' executes notebooks without Jupyter and without Python.
            """,
        version: "visionkernel \(ProductVersion.current)",
        subcommands: [Start.self, Install.self, Run.self, ReferencePages.self, Cells.self])

    /// Runs what the arguments ask for. Exits with 2 where they cannot be understood.
    static func main() {
        TeamWaiting.preferSleeping()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            if !text.isEmpty {
                let descriptor = code.isSuccess ? STDOUT_FILENO : STDERR_FILENO
                TextFile.writeAll(Array((text + "\n").utf8), to: descriptor)
            }
            Glibc.exit(code == .validationFailure ? 2 : code.rawValue)
        }
    }
}
