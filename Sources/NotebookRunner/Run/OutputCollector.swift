import Glibc
import Hosting
import Sessions
import Synchronization

/// The outputs of a notebook's cells while it runs, put together as a front end would: printed text
/// in one piece, updates in the place of what they update, progress as its last state.
package final class OutputCollector: Sendable {
    private struct Entry {
        var output: NotebookOutput
        /// The text of a stream, which grows in place; the output's own is empty.
        var text: [UInt8] = []
        /// What later updates name it by.
        var id: String?
        var isProgress = false
    }

    private struct State {
        var cells: [Int: [Entry]] = [:]
        var cell = 0
        var clearsBeforeNext = false
    }

    private let state = Mutex(State())

    package init() {}

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

    /// The places among the outputs of a cell that show how far some work was.
    func progressPlaces(of cell: Int) -> Set<Int> {
        state.withLock { state in
            let entries = state.cells[cell] ?? []
            return Set(entries.indices.filter { entries[$0].isProgress })
        }
    }

    package func take(_ event: WorkerEvent) {
        state.withLock { state in
            switch event {
            case .text(let text, let stream):
                Self.print(text, stream, in: &state)
            case .display(let data, let id):
                Self.add(Entry(output: .display(data), id: id), to: &state)
            case .update(let data, let id):
                Self.update(id, data, in: &state)
            case .clear(let wait):
                state.clearsBeforeNext = wait
                if !wait { state.cells[state.cell] = [] }
            case .progress(let data, let id, _):
                let id = "progress-\(state.cell)-\(id)"
                if !Self.update(id, data, in: &state) {
                    let entry = Entry(output: .display(data), id: id, isProgress: true)
                    Self.add(entry, to: &state)
                }
            case .line: break
            }
        }
    }

    private static func print(_ text: [UInt8], _ stream: OutputStream, in state: inout State) {
        let cell = state.cell
        if !state.clearsBeforeNext, let last = state.cells[cell]?.indices.last,
            case .stream(stream, _)? = state.cells[cell]?[last].output
        {
            let size = state.cells[cell]?[last].text.count ?? 0
            if size < longestText {
                state.cells[cell]?[last].text += text
                if size + text.count >= longestText {
                    state.cells[cell]?[last].text +=
                        "\n... the rest of this output was not kept ...\n".utf8
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
        let text = String(decoding: entry.text, as: UTF8.self)
        // The whole text may be large, and nearly none has a carriage return.
        let isOverwritten = entry.text.withUnsafeBytes { bytes in
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
