import Hosting

/// What becomes of picture files that cannot be read.
public enum DamagedFiles: String, Sendable, CaseIterable {
    /// The first one is an error, which names it, when its picture is asked for.
    case refuse
    /// All files are read once at the beginning; those that cannot be are left out and named.
    case skip
}

/// Reads pictures of files on all processors.
enum PictureReading {
    /// The positions of the files that can be read, and why the others cannot.
    ///
    /// Progress tells how far it is. Throws `Interrupted`.
    static func check(_ files: PictureFiles) throws -> (kept: [Int], skipped: [String]) {
        var (kept, skipped): ([Int], [String]) = ([], [])
        let progress = ProgressReporter(
            "Checking pictures", total: files.paths.count, unit: "images")
        let work = OrderedWork(count: files.paths.count) { index in
            try outcome { try files.check(index) }
        }
        while let failure = try work.next() {
            if let failure {
                skipped.append(failure)
            } else {
                kept.append(kept.count + skipped.count)
            }
            progress.advance()
        }
        progress.finish()
        return (kept, skipped)
    }

    /// The text of the error that `body` fails with, where a picture is to blame; `nil` without one.
    static func outcome(_ body: () throws -> Void) throws -> String? {
        do {
            try body()
            return nil
        } catch let error as DatasetError {
            return error.description
        } catch let error as ImageError {
            return error.description
        }
    }

    /// Names what was left out among the messages of the run.
    static func report(_ operation: String, skipped: [String], of count: Int) {
        guard !skipped.isEmpty else { return }
        let shown = skipped.prefix(5).map { "  \($0)\n" }.joined()
        let rest = skipped.count > 5 ? "  and \(skipped.count - 5) more\n" : ""
        Host.current.output.emit(
            .text(
                "\(operation): skipped \(skipped.count) of \(count) files:\n\(shown)\(rest)",
                stream: .standardError))
    }
}

/// Reads every picture of a folder and of the folders in it, on all processors, in the order of
/// their names.
///
///     let photos = try loadImages("photographs", damaged: .skip)
///     grid(photos)
///
/// Files are taken for pictures by their extensions. With `damaged: .skip` those that cannot be
/// read are left out and named in a message, otherwise the first of them is an error. Progress tells
/// how far it is. Throws `DatasetError` when the folder is missing or holds no picture, `ImageError`
/// for a file that cannot be read and when all pictures together exceed `Image.pixelLimit`, and
/// `Interrupted`.
public func loadImages(
    _ folder: String, damaged: DamagedFiles = .refuse
) throws -> [Image] {
    let paths: [String]
    do {
        paths = try FolderListing.pictures(in: DataFolder.expanded(folder))
    } catch let error as DatasetError {
        throw DatasetError(error.kind, "loadImages: \(error.description)")
    }
    guard !paths.isEmpty else {
        throw DatasetError(
            .missing, "loadImages: \"\(folder)\" holds no pictures; expected \(ImageFormat.list)")
    }
    var (images, skipped): ([Image], [String]) = ([], [])
    var pixels = 0
    let progress = ProgressReporter("Reading pictures", total: paths.count, unit: "images")
    let work = OrderedWork<Result<Image, ImageError>>(count: paths.count) { index in
        do {
            return .success(try Image(paths[index]))
        } catch let error as ImageError {
            return .failure(error)
        }
    }
    while let result = try work.next() {
        progress.advance()
        switch result {
        case .success(let image):
            pixels += image.width * image.height
            guard pixels <= Image.pixelLimit else {
                throw ImageError(
                    .tooLarge,
                    "loadImages: too many pixels together, expected at most \(Image.pixelLimit), got "
                        + "more in the first \(images.count + 1) pictures; withPixelLimit allows "
                        + "more, ImageFolder(\"\(folder)\") reads them when they are asked for")
            }
            images.append(image)
        case .failure(let error):
            guard damaged == .skip else { throw error }
            skipped.append(error.description)
        }
    }
    progress.finish()
    PictureReading.report("loadImages", skipped: skipped, of: paths.count)
    return images
}
