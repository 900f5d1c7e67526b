import Glibc
import Hosting
import Sessions
import Synchronization

/// The outputs of a notebook's cells while it runs, put together as a front end would: printed text
/// in one piece, updates in the place of what they update, progress as its last state.
package final class OutputCollector: OutputSink {
    private struct Entry {
        var output: NotebookOutput
        /// The text of a stream, which grows in place; the output's own is empty.
        var text = ""
        /// What later updates name it by.
        var id: String?
    }

    private struct State {
        var cells: [Int: [Entry]] = [:]
        var cell = 0
        var clearsBeforeNext = false
    }

    private let state = Mutex(State())
    private let onProgress: @Sendable (Progress) -> Void

    package init(onProgress: @escaping @Sendable (Progress) -> Void = { _ in }) {
        self.onProgress = onProgress
    }

    /// Outputs belong to this cell from now on.
    package func begin(cell: Int) {
        state.withLock { state in
            state.cell = cell
            state.cells[cell] = []
            state.clearsBeforeNext = false
        }
    }

    /// Adds the cell's value or its error.
    package func append(_ output: NotebookOutput) {
        state.withLock { Self.add(Entry(output: output), to: &$0) }
    }

    /// The outputs of a cell as they stand; `nil` for one that was not begun. An update may still
    /// change those of an earlier cell.
    package func outputs(of cell: Int) -> [NotebookOutput]? {
        state.withLock { $0.cells[cell]?.map(Self.settled) }
    }

    package func emit(_ event: OutputEvent) {
        if case .progress(let progress) = event { onProgress(progress) }
        state.withLock { state in
            switch event {
            case .text(let text, let stream):
                Self.print(text, stream, in: &state)
            case .display(let bundle, let id):
                Self.add(Entry(output: .display(NotebookOutput.data(bundle)), id: id), to: &state)
            case .update(let bundle, let id):
                Self.update(id, NotebookOutput.data(bundle), in: &state)
            case .clear(let wait):
                state.clearsBeforeNext = wait
                if !wait { state.cells[state.cell] = [] }
            case .progress(let progress):
                let data = NotebookOutput.data(ProgressLine.bundle(progress))
                let id = "progress-\(state.cell)-\(progress.id)"
                if !Self.update(id, data, in: &state) {
                    Self.add(Entry(output: .display(data), id: id), to: &state)
                }
            }
        }
    }

    package func readLine(prompt: String, isPassword: Bool) throws -> String? {
        throw NoInput()
    }

    private static func print(_ text: String, _ stream: OutputStream, in state: inout State) {
        let cell = state.cell
        if !state.clearsBeforeNext, let last = state.cells[cell]?.indices.last,
            case .stream(stream, _)? = state.cells[cell]?[last].output
        {
            let size = state.cells[cell]?[last].text.utf8.count ?? 0
            if size < longestText {
                state.cells[cell]?[last].text += text
                if size + text.utf8.count >= longestText {
                    state.cells[cell]?[last].text +=
                        "\n... the rest of this output was not kept ...\n"
                }
            }
        } else {
            add(Entry(output: .stream(stream, ""), text: text), to: &state)
        }
    }

    /// What a file can sensibly hold of one stream's text, in bytes.
    private static let longestText = 64 << 20

    private static func add(_ entry: Entry, to state: inout State) {
        if state.clearsBeforeNext {
            state.cells[state.cell] = []
            state.clearsBeforeNext = false
        }
        state.cells[state.cell, default: []].append(entry)
    }

    /// Changes every display with the identifier, in any cell; false where there is none.
    @discardableResult
    private static func update(_ id: String, _ data: JSONObject, in state: inout State) -> Bool {
        var isFound = false
        for (cell, entries) in state.cells {
            for (index, entry) in entries.enumerated() where entry.id == id {
                state.cells[cell]?[index].output = .display(data)
                isFound = true
            }
        }
        return isFound
    }

    /// Printed text without what carriage returns have overwritten.
    private static func settled(_ entry: Entry) -> NotebookOutput {
        guard case .stream(let stream, _) = entry.output else { return entry.output }
        var text = entry.text
        // The whole text may be large, and nearly none has a carriage return.
        let isOverwritten = text.withUTF8 { bytes in
            bytes.baseAddress.map { memchr($0, 0x0D, bytes.count) != nil } ?? false
        }
        guard isOverwritten else { return .stream(stream, text) }
        var lines: [Substring.UnicodeScalarView] = []
        for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            var kept = line[...]
            while kept.last == "\r" { kept = kept.dropLast() }
            if let overwritten = kept.lastIndex(of: "\r") {
                kept = kept[kept.index(after: overwritten)...]
            }
            lines.append(kept)
        }
        return .stream(stream, lines.map { String($0) }.joined(separator: "\n"))
    }
}

/// Asked of a person where nobody sits.
struct NoInput: Error, CustomStringConvertible {
    var description: String {
        "readLine: a notebook that runs by itself has nobody to ask; give the value in a cell"
    }
}
