import Glibc
import Hosting

/// Where `make data` puts what it fetches: `$XDG_CACHE_HOME/swift-vision/data`, which is
/// `~/.cache/swift-vision/data` for most people.
package enum DataFolder {
    /// The folder of one data set, whether or not it exists.
    package static func path(_ name: String) -> String {
        (UserFolder.path("XDG_CACHE_HOME", orBelowHome: ".cache") ?? ".") + "/data/" + name
    }

    /// The first of some files that is there; `nil` where none is.
    static func first(_ names: [String], in folder: String) -> String? {
        names.lazy.map { "\(folder)/\($0)" }.first { access($0, F_OK) == 0 }
    }

    /// Whether there is a folder of this path.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The path as the person meant it: a leading `~/` stands for the home folder.
    package static func expanded(_ path: String) -> String {
        let expanded = ImageFile(path).path
        return expanded.count > 1 && expanded.hasSuffix("/")
            ? String(expanded.dropLast()) : expanded
    }
}
