import Foundation
import Hosting
import Language
import Synchronization
import VisionBindings
import VisionEngine

/// An interpreter with the vision library, and the output it made.
///
/// It runs in a folder of its own that holds `cat.jpg`, so that examples may read and write files.
final class Session {
    let interpreter = Interpreter(library: visionLibrary)
    let output = RecordedOutput()
    private var count = 0

    init() { _ = Session.folder }

    /// Runs one cell and gives its value's text, `nil` where it has none.
    @discardableResult
    func run(_ source: String) throws -> String? {
        count += 1
        return try result(source)?.debugText
    }

    /// Runs one cell and gives its value.
    func result(_ source: String) throws -> Value? {
        let host = Host(output: output)
        return try interpreter.run(source, cell: .cell(count), host: host).value
    }

    /// The error that a cell fails with.
    func failure(_ source: String) -> ScriptError? {
        do {
            try run(source)
            return nil
        } catch let error as ScriptError {
            return error
        } catch {
            return ScriptError(.runtime, "not a ScriptError: \(error)")
        }
    }

    /// A temporary folder with a small photograph and labelled pictures, made the working folder.
    private static let folder: String = {
        let path =
            NSTemporaryDirectory() + "vision-bindings-\(ProcessInfo.processInfo.processIdentifier)"
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
            let pixels = (0..<48 * 40 * 3).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let cat = try Image(width: 48, height: 40, channels: 3, bytes: pixels)
            try cat.save(path + "/cat.jpg")
            var table = "path,label\n"
            for name in ["cat", "dog"] {
                try FileManager.default.createDirectory(
                    atPath: path + "/pets/" + name, withIntermediateDirectories: true)
                for number in 1...5 {
                    try cat.save(path + "/pets/\(name)/\(number).png")
                    table += "pets/\(name)/\(number).png,\(name)\n"
                }
            }
            try Data(table.utf8).write(to: URL(filePath: path + "/pets.csv"))
        } catch { return "" }
        guard FileManager.default.changeCurrentDirectoryPath(path) else { return "" }
        return path
    }()
}

/// Keeps what a cell prints and shows.
final class RecordedOutput: OutputSink {
    private let events = Mutex<[OutputEvent]>([])

    func emit(_ event: OutputEvent) { events.withLock { $0.append(event) } }
    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }

    /// Everything printed so far.
    var text: String {
        events.withLock { events in
            events.map { event in
                if case .text(let text, _) = event { text } else { "" }
            }.joined()
        }
    }

    /// Everything shown so far.
    var displays: [MIMEBundle] {
        events.withLock { events in
            events.compactMap { event in
                if case .display(let bundle, _) = event { bundle } else { nil }
            }
        }
    }

    /// Everything shown and every change of it, in order.
    var shown: [(plain: String, id: String?, isUpdate: Bool)] {
        events.withLock { events in
            events.compactMap { event in
                switch event {
                case .display(let bundle, let id): (bundle.plain, id, false)
                case .update(let bundle, let id): (bundle.plain, id, true)
                default: nil
                }
            }
        }
    }

    /// The states of long work, in order.
    var progress: [Hosting.Progress] {
        events.withLock { events in
            events.compactMap { event in
                if case .progress(let state) = event { state } else { nil }
            }
        }
    }
}
