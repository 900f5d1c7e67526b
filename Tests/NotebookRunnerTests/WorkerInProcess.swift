import Foundation
import Language
import NotebookRunner
import Sessions

/// A worker whose cells run in the process of the tests, over a socket as in a process of its own.
func workerInProcess() throws -> Worker {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
        throw POSIXError(.EIO)
    }
    let (ours, theirs) = (ends[0], ends[1])
    let thread = Thread {
        let session = Session(library: Library(), history: nil, frontEnd: "run")
        CellServer(session, socket: theirs).serve()
        close(theirs)
    }
    thread.start()
    return Worker(socket: ours)
}

/// Notebooks of a test and what a run makes of them.
final class RunFolder {
    let path = NSTemporaryDirectory() + "swift-vision-run-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A notebook of a title and code cells.
    func notebook(_ sources: [String], tags: [Int: [String]] = [:]) -> Notebook {
        var notebook = Notebook()
        notebook.cells = [NotebookCell(.markdown, source: "# Title")]
        for (index, source) in sources.enumerated() {
            var cell = NotebookCell(.code, source: source)
            if let tags = tags[index] {
                cell.fields["metadata"] = ["tags": .array(tags.map { .string($0) })]
            }
            notebook.cells.append(cell)
        }
        return notebook
    }

    /// Writes a notebook of code cells and gives its path.
    func write(
        _ sources: [String], tags: [Int: [String]] = [:], name: String = "notebook"
    ) throws -> String {
        let file = "\(path)/\(name).ipynb"
        try notebook(sources, tags: tags).write(to: file)
        return file
    }

    /// A run that tells how far it is to a file.
    func run(_ options: NotebookRun.Options) -> NotebookRun {
        let descriptor = open(path + "/log", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        return NotebookRun(options, log: RunLog(descriptor: descriptor)) { _, _ in
            try workerInProcess()
        }
    }

    /// What runs have told.
    var log: String {
        get throws { try String(contentsOfFile: path + "/log", encoding: .utf8) }
    }
}
