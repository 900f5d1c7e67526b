import Glibc
import Hosting

/// Picture files with the class of each.
struct LabelledPaths {
    private(set) var paths: [String] = []
    private(set) var labels: [Int] = []
    let classes: [String]

    /// The pictures below a folder with a folder for each class; those of another part have the
    /// classes `known`.
    ///
    /// Throws `DatasetError` when there are none.
    init(
        classesIn folder: String, as known: [String]? = nil,
        where isWanted: (String) -> Bool = { _ in true }
    ) throws {
        var found: [(name: String, paths: [String])] = []
        for name in try FolderListing(folder).folders {
            let paths = try FolderListing.pictures(in: "\(folder)/\(name)").filter(isWanted)
            if !paths.isEmpty { found.append((name, paths)) }
        }
        guard !found.isEmpty else {
            throw DatasetError(
                .missing,
                "\"\(folder)\" holds no folders of pictures, expected one folder for each class")
        }
        classes = known ?? found.map(\.name)
        for (name, paths) in found {
            guard let label = classes.firstIndex(of: name) else {
                throw DatasetError(
                    .corrupt,
                    "\"\(folder)/\(name)\" is a class that the training pictures lack, expected "
                        + classes.joined(separator: ", "))
            }
            self.paths += paths
            labels += [Int](repeating: label, count: paths.count)
        }
    }

    /// The pictures that lie straight in some folders below another one, each of which is a class.
    ///
    /// Throws `DatasetError` where one is missing or empty, or two have the same name.
    init(
        folders: [String], in root: String, where isWanted: (String) -> Bool
    ) throws {
        classes = folders.map { String($0.split(separator: "/").last ?? "") }
        guard classes.count > 0, Set(classes).count == classes.count else {
            throw DatasetError(
                .argument,
                "'classes' are no names of their own, expected different folders, got \(folders)")
        }
        for (label, folder) in folders.enumerated() {
            let path = "\(root)/\(folder)"
            let pictures = try FolderListing(path).files.filter {
                ImageFormat(path: $0) != nil && isWanted($0)
            }
            guard !pictures.isEmpty else {
                throw DatasetError(.missing, "\"\(path)\" holds no pictures")
            }
            paths += pictures.map { "\(path)/\($0)" }
            labels += [Int](repeating: label, count: pictures.count)
        }
    }

    /// The pictures and labels that a table names.
    init(table: String, images: String?, labels: String?) throws {
        let rows = try CSVFile(table).rows
        guard let head = rows.first else {
            throw DatasetError(.corrupt, "\"\(table)\" is empty, expected paths and labels")
        }
        let hasHeader =
            images != nil || labels != nil || !head.contains { ImageFormat(path: $0) != nil }
        let names = hasHeader ? head : []
        let image = try Self.column(
            images, names, ["path", "file", "filename", "image", "image_path", "picture"],
            otherwise: 0, in: table)
        let label = try Self.column(
            labels, names, ["label", "class", "category", "target"],
            otherwise: image + 1, in: table)
        let slash = table.lastIndex(of: "/")
        let folder = slash.map { String(table[..<$0]) } ?? "."
        var texts: [String] = []
        for (index, row) in rows.enumerated().dropFirst(hasHeader ? 1 : 0) {
            guard row.count > max(image, label) else {
                throw DatasetError(
                    .corrupt,
                    "\"\(table)\", row \(index + 1): expected \(max(image, label) + 1) columns or "
                        + "more, got \(row.count)")
            }
            let path = row[image].hasPrefix("/") ? row[image] : "\(folder)/\(row[image])"
            guard access(path, F_OK) == 0 else {
                throw DatasetError(
                    .missing, "\"\(table)\", row \(index + 1): there is no file \"\(path)\"")
            }
            paths.append(path)
            texts.append(row[label])
        }
        guard !paths.isEmpty else {
            throw DatasetError(.corrupt, "\"\(table)\" names no pictures")
        }
        classes = Set(texts).sorted(by: FolderListing.comesBefore)
        let positions = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
        self.labels = texts.compactMap { positions[$0] }
    }

    /// The position of a column: the one asked for, one with a usual name, or `otherwise`.
    private static func column(
        _ wanted: String?, _ names: [String], _ usual: [String], otherwise: Int, in table: String
    ) throws -> Int {
        let names = names.map { $0.lowercased() }
        if let wanted {
            guard let position = names.firstIndex(of: wanted.lowercased()) else {
                throw DatasetError(
                    .argument,
                    "\"\(table)\" has no column '\(wanted)', expected one of "
                        + names.joined(separator: ", "))
            }
            return position
        }
        return usual.lazy.compactMap(names.firstIndex).first ?? otherwise
    }
}
