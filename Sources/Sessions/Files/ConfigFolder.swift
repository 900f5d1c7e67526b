import Glibc

/// Where this user's settings live: `$XDG_CONFIG_HOME/swift-vision`, which is `~/.config/swift-vision`
/// for most people.
public enum ConfigFolder {
    /// The source that the prompt runs before its first line; `nil` where the person has none.
    public static var initFile: String? {
        guard let folder = path else { return nil }
        let file = folder + "/init.swift"
        return access(file, F_OK) == 0 ? file : nil
    }

    private static var path: String? {
        func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        if let folder = variable("XDG_CONFIG_HOME") { return folder + "/swift-vision" }
        return variable("HOME").map { $0 + "/.config/swift-vision" }
    }
}
