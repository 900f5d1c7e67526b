import Glibc
import Hosting

/// Where this user's lasting state lives: `$XDG_STATE_HOME/swift-vision`, which is
/// `~/.local/state/swift-vision` for most people.
public enum StateFolder {
    /// The folder's path, whether or not it exists; `nil` where neither variable names a place.
    public static var path: String? {
        UserFolder.path("XDG_STATE_HOME", orBelowHome: ".local/state")
    }

    /// Creates the folder and those above it, readable by this user alone.
    ///
    /// Returns what went wrong in the system's words, `nil` when the folder stands.
    static func create(_ path: String) -> String? {
        var prefix = ""
        for part in path.split(separator: "/") {
            prefix += "/" + part
            if mkdir(prefix, 0o700) != 0 && errno != EEXIST {
                return "\(prefix): \(String(cString: strerror(errno)))"
            }
        }
        return access(path, W_OK) == 0 ? nil : "\(path): \(String(cString: strerror(errno)))"
    }
}
