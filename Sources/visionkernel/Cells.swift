import ArgumentParser
import Glibc
import NotebookRunner
import Sessions

/// Runs the cells of one notebook for `run`, which starts this and speaks to it over a socket.
struct Cells: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the cells that another process sends.", shouldDisplay: false)

    @Argument(help: "The folder that relative paths start from.")
    var folder: String

    func run() throws {
        // Ctrl-C reaches every process at the terminal; the one that runs the notebooks decides.
        signal(SIGINT, SIG_IGN)
        guard fcntl(CellServer.Descriptors.socket, F_GETFD) >= 0 else {
            throw ValidationError("'visionkernel run' starts this command")
        }
        // A folder that is not there any more fails the cells that need it.
        _ = chdir(folder)
        CellServer(ofProcessWith: .vision(history: nil, frontEnd: "run")).serve()
        // A cell that did not stop must not see the process being taken apart.
        _exit(0)
    }
}
