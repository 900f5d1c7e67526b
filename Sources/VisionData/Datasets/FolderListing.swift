import Glibc
import Hosting

/// What a folder holds, in the order of the names.
struct FolderListing {
    /// Names of the folders in it, without hidden ones.
    private(set) var folders: [String] = []
    /// Names of the other files in it, without hidden ones.
    private(set) var files: [String] = []

    /// Throws `DatasetError` when the folder cannot be read.
    init(_ path: String) throws {
        guard let listing = opendir(path) else {
            throw DatasetError(
                errno == ENOENT ? .missing : .corrupt,
                errno == ENOENT
                    ? "there is no folder \"\(path)\""
                    : "cannot read the folder \"\(path)\": \(String(cString: strerror(errno)))")
        }
        defer { closedir(listing) }
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            if DataFolder.isFolder("\(path)/\(name)") {
                folders.append(name)
            } else {
                files.append(name)
            }
        }
        folders.sort(by: FolderListing.comesBefore)
        files.sort(by: FolderListing.comesBefore)
    }

    /// The paths of all pictures in a folder and the folders in it, told by their extensions.
    ///
    /// Throws `DatasetError` when a folder cannot be read or contains itself, and `Interrupted`.
    static func pictures(in path: String, depth: Int = 0) throws -> [String] {
        guard depth < 32 else {
            throw DatasetError(.corrupt, "the folder \"\(path)\" is too deep, or contains itself")
        }
        try Host.current.cancellation.check()
        let listing = try FolderListing(path)
        let own = listing.files.filter { ImageFormat(path: $0) != nil }.map { "\(path)/\($0)" }
        return try own
            + listing.folders.flatMap { try pictures(in: "\(path)/\($0)", depth: depth + 1) }
    }

    /// Numbers in names count: `2.png` comes before `10.png`.
    static func comesBefore(_ left: String, _ right: String) -> Bool {
        var (a, b) = (left.utf8[...], right.utf8[...])
        let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
        while let x = a.first, let y = b.first {
            if isDigit(x), isDigit(y) {
                let (p, q) = (a.prefix(while: isDigit), b.prefix(while: isDigit))
                a = a[p.endIndex...]
                b = b[q.endIndex...]
                let (m, n) = (p.drop { $0 == 0x30 }, q.drop { $0 == 0x30 })
                if m.count != n.count { return m.count < n.count }
                if !m.elementsEqual(n) { return m.lexicographicallyPrecedes(n) }
            } else {
                if x != y { return x < y }
                a = a.dropFirst()
                b = b.dropFirst()
            }
        }
        return a.count == b.count ? left < right : a.count < b.count
    }
}
