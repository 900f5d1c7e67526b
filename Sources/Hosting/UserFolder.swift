import Glibc

/// A folder of this user's for this program, where the XDG base directories put it.
package enum UserFolder {
    /// The folder in the place that `variable` names, or else in `standard` below the home folder,
    /// whether or not it exists; `nil` where neither is an absolute path.
    package static func path(_ variable: String, orBelowHome standard: String) -> String? {
        if let place = absolutePath(variable) { return place + "/swift-vision" }
        return absolutePath("HOME").map { "\($0)/\(standard)/swift-vision" }
    }

    private static func absolutePath(_ variable: String) -> String? {
        guard let value = getenv(variable) else { return nil }
        let path = String(cString: value)
        return path.hasPrefix("/") ? path : nil
    }
}
