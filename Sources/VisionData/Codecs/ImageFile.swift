import Glibc

/// The file that a picture is read from or written to; its errors say what stands in the way.
struct ImageFile {
    let path: String

    /// A leading `~/` stands for the home folder.
    init(_ path: String) {
        if path.hasPrefix("~/"), let home = getenv("HOME") {
            self.path = String(cString: home) + path.dropFirst(1)
        } else {
            self.path = path
        }
    }

    var quoted: String { "\"\(path)\"" }

    /// More than any picture within the pixel limit needs: 4 samples of 16 bits a pixel.
    private static var byteLimit: Int { max(1 << 20, 8 * Image.pixelLimit) }

    func read() throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw missing() }
            throw ImageError(.file, String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw ImageError(.file, String(cString: strerror(errno)))
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw ImageError(.file, "it is a folder; expected a picture file")
        default: throw ImageError(.file, "it is not a regular file; expected a picture file")
        }
        let size = Int(status.st_size)
        guard size <= Self.byteLimit else {
            throw ImageError(
                .tooLarge, "the file has \(size) bytes, expected at most \(Self.byteLimit)")
        }
        var failure: Int32 = 0
        let data = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            filled = 0
            while filled < size, let base = buffer.baseAddress {
                let got = Glibc.read(descriptor, base + filled, size - filled)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                filled += got
            }
        }
        guard failure == 0 else { throw ImageError(.file, String(cString: strerror(failure))) }
        return data
    }

    func write(_ data: [UInt8]) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw ImageError(.file, "its folder does not exist") }
            throw ImageError(.file, String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        try data.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count, let base = buffer.baseAddress {
                let written = Glibc.write(descriptor, base + offset, buffer.count - offset)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else {
                    throw ImageError(.file, String(cString: strerror(errno)))
                }
                offset += written
            }
        }
    }

    private func missing() -> ImageError {
        var text = "there is no such file"
        if let name = nearestName() {
            text += "; did you mean \"\(name)\"?"
        } else if !path.hasPrefix("/"), let folder = getcwd(nil, 0) {
            text += " (looked in \(String(cString: folder)))"
            free(folder)
        }
        return ImageError(.missing, text)
    }

    /// A name without its extension.
    private func stem(_ name: [UInt8]) -> ArraySlice<UInt8> {
        name[..<(name.lastIndex(of: UInt8(ascii: ".")) ?? name.endIndex)]
    }

    /// The path in the same folder whose name is nearest, where one is near enough to be meant.
    private func nearestName() -> String? {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? ""
        let wanted = Array(
            path[(slash.map { path.index(after: $0) } ?? path.startIndex)...]
                .lowercased().utf8)
        guard !wanted.isEmpty, let listing = opendir(folder.isEmpty ? "." : folder) else {
            return nil
        }
        defer { closedir(listing) }
        var best: (distance: Int, name: String)?
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            let found = Array(name.lowercased().utf8)
            let distance = stem(found) == stem(wanted) ? 1 : editDistance(wanted, found)
            if distance <= max(1, wanted.count / 4), distance < best?.distance ?? .max {
                best = (distance, name)
            }
        }
        return best.map { folder + $0.name }
    }
}

/// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var before = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
        var row = [i] + [Int](repeating: 0, count: b.count)
        for j in 1...b.count {
            let change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            row[j] = min(last[j] + 1, row[j - 1] + 1, change)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                row[j] = min(row[j], before[j - 2] + 1)
            }
        }
        (before, last) = (last, row)
    }
    return last[b.count]
}
