import ArgumentParser
import JupyterKernel

/// Tells Jupyter about this executable.
struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Install the kernelspec, so that Jupyter offers Swift Vision.",
        discussion: "Without an option it is installed for this user.")

    @Flag(help: "For this user (the default).")
    var user = false

    @Flag(help: "Into the Python environment that is active.")
    var sysPrefix = false

    @Option(help: ArgumentHelp("Below a folder such as a Python environment.", valueName: "dir"))
    var prefix: String?

    func validate() throws {
        if [user, sysPrefix, prefix != nil].filter(\.self).count > 1 {
            throw ValidationError("--user, --sys-prefix and --prefix exclude each other")
        }
    }

    func run() throws {
        let executable = try Kernelspec.runningExecutable()
        let kernelspec = try Kernelspec(forExecutable: executable)
        let folder = try kernelspec.install(
            jupyterFolder: try jupyterFolder(), executable: executable)
        print("installed \(Kernelspec.name) in \(folder)")
    }

    private func jupyterFolder() throws -> String {
        if let prefix { return prefix + "/share/jupyter" }
        if sysPrefix { return try Kernelspec.environmentPrefix() + "/share/jupyter" }
        return try Kernelspec.userFolder()
    }
}
