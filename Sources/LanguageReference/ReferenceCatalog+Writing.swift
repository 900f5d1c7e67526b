import FoundationEssentials
import Hosting

extension ReferenceCatalog {
    /// Writes the pages as a DocC catalog, a folder that is made anew.
    ///
    /// - Parameters:
    ///   - folder: its name ends in `.docc`.
    ///   - outputs: runs an example and gives what it put out.
    /// - Returns: how many pages there are.
    @discardableResult
    public func write(
        to folder: String, running outputs: @escaping (String) throws -> [MIMEBundle]
    ) throws -> Int {
        let (texts, pictures) = try pages(running: outputs)
        let files = FileManager.default
        if files.fileExists(atPath: folder) { try files.removeItem(atPath: folder) }
        try files.createDirectory(
            atPath: folder + "/Resources", withIntermediateDirectories: true)
        for (name, text) in texts {
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name).md"))
        }
        for (name, bytes) in pictures {
            try Data(bytes).write(to: URL(filePath: "\(folder)/Resources/\(name)"))
        }
        return texts.count
    }
}
