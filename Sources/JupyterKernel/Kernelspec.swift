import FoundationEssentials
import Glibc

/// The folder that tells Jupyter about this kernel: `kernel.json` and the logos.
public struct Kernelspec: Sendable {
    /// The name Jupyter knows the kernel by.
    public static let name = "swift-vision"
    private static let logos = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]

    /// Where the template and the logos are.
    public let resources: String

    /// Uses the template and the logos in a folder.
    public init(resources: String) {
        self.resources = resources
    }

    /// Finds the template and the logos that belong to an executable: beside an installed copy in
    /// `../share/swift-vision`, or in the `Kernelspec` folder of the checkout it was built in.
    /// Throws `KernelError` where there is neither.
    public init(forExecutable executable: String) throws {
        var folder = Self.parent(executable)
        var candidates = [Self.parent(folder) + "/share/swift-vision"]
        while folder.count > 1 {
            candidates.append(folder + "/Kernelspec")
            folder = Self.parent(folder)
        }
        let found = candidates.first {
            FileManager.default.fileExists(atPath: $0 + "/kernel.json")
        }
        guard let found else {
            throw KernelError(
                "install: no kernel.json belongs to \(executable), expected "
                    + "\(candidates[0])/kernel.json")
        }
        resources = found
    }

    /// Writes the folder below `prefix/share/jupyter`, pointing at `executable`, and answers where.
    /// A folder that is there already is replaced. Throws what the file system throws.
    @discardableResult
    public func install(jupyterFolder: String, executable: String) throws -> String {
        let folder = "\(jupyterFolder)/kernels/\(Self.name)"
        guard let template = FileManager.default.contents(atPath: resources + "/kernel.json")
        else { throw KernelError("install: cannot read \(resources)/kernel.json") }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let command = try Self.command(executable).map {
            String(decoding: try encoder.encode($0), as: UTF8.self)
        }
        let text = String(decoding: template, as: UTF8.self)
            .replacing("\"{executable}\"", with: command.joined(separator: ", "))
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: folder + "/kernel.json"), options: .atomic)
        for logo in Self.logos {
            guard let data = FileManager.default.contents(atPath: "\(resources)/\(logo)") else {
                throw KernelError("install: cannot read \(resources)/\(logo)")
            }
            try data.write(to: URL(filePath: "\(folder)/\(logo)"), options: .atomic)
        }
        return folder
    }

    /// How the executable is started: through the launcher where one stands beside it.
    private static func command(_ executable: String) -> [String] {
        let launcher = parent(executable) + "/visionkernellauncher"
        return FileManager.default.isExecutableFile(atPath: launcher)
            ? [launcher, executable] : [executable]
    }

    /// Where Jupyter looks for this user's kernels. Throws `KernelError` for a user without a home.
    public static func userFolder() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        if let folder = environment["JUPYTER_DATA_DIR"], !folder.isEmpty { return folder }
        if let data = environment["XDG_DATA_HOME"], !data.isEmpty { return data + "/jupyter" }
        guard let home = environment["HOME"], !home.isEmpty else {
            throw KernelError("install: HOME is not set, expected --prefix DIR")
        }
        return home + "/.local/share/jupyter"
    }

    /// The prefix of the Python environment that is active. Throws `KernelError` without one.
    public static func environmentPrefix() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        for variable in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
            if let prefix = environment[variable], !prefix.isEmpty { return prefix }
        }
        throw KernelError(
            "install: no Python environment is active, expected VIRTUAL_ENV or CONDA_PREFIX")
    }

    /// The path of the running executable, with links followed.
    public static func runningExecutable() throws -> String {
        guard let path = realpath("/proc/self/exe", nil) else {
            throw KernelError("install: cannot find the running executable")
        }
        defer { free(path) }
        return String(cString: path)
    }

    private static func parent(_ path: String) -> String {
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        return "/" + parent
    }
}
