import Glibc

/// Where this user's lasting state lives: `$XDG_STATE_HOME/swift-vision`, which is
/// `~/.local/state/swift-vision` for most people.
public enum StateFolder {
    /// The folder's path, whether or not it exists; `nil` where neither variable names a place.
    public static var path: String? {
        if let state = variable("XDG_STATE_HOME"), state.hasPrefix("/") {
            return state + "/swift-vision"
        }
        if let home = variable("HOME"), home.hasPrefix("/") {
            return home + "/.local/state/swift-vision"
        }
        return nil
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

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}
