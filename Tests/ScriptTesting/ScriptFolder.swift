import Foundation

/// A folder of scripts, in folders by feature, each with what it prints in comments.
///
/// A file holds one program, or several with a line `// ---` between each and the next.
public struct ScriptFolder: Sendable {
    private let root: String

    /// The folder `Scripts` beside a test file: `ScriptFolder(beside: #filePath)`.
    public init(beside file: String) {
        root = URL(filePath: file).deletingLastPathComponent().appending(path: "Scripts").path
    }

    /// Every script in it, as a path relative to the folder: `strings/interpolation.swift`.
    public var names: [String] {
        let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".swift") }.sorted()
    }

    /// The programs of a script.
    public func programs(in name: String) throws -> [String] {
        try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)
            .components(separatedBy: "// ---\n")
    }
}
