import Glibc
import Hosting

/// Where this user's settings live: `$XDG_CONFIG_HOME/swift-vision`, which is `~/.config/swift-vision`
/// for most people.
public enum ConfigFolder {
    /// The source that the prompt runs before its first line; `nil` where the person has none.
    public static var initFile: String? {
        guard let folder = UserFolder.path("XDG_CONFIG_HOME", orBelowHome: ".config") else {
            return nil
        }
        let file = folder + "/init.swift"
        return access(file, F_OK) == 0 ? file : nil
    }
}
