import Sessions

/// A notebook file of format 4, read and written so that nothing is lost and nothing changes but
/// what was meant to: what `nbformat` writes comes back byte for byte.
///
///     var notebook = try Notebook(contentsOf: "tour.ipynb")
///     notebook.cells[0].source = "1 + 1"
///     try notebook.write(to: "tour.ipynb")
public struct Notebook: Sendable, Equatable {
    /// Everything but the cells: `metadata`, `nbformat`, `nbformat_minor` and what others added.
    public var fields: JSONObject
    public var cells: [NotebookCell]

    /// An empty notebook of format 4.5.
    public init() {
        cells = []
        fields = JSONObject()
        fields["metadata"] = .object(JSONObject())
        fields["nbformat"] = 4
        fields["nbformat_minor"] = 5
    }

    /// Reads the text of a notebook file.
    ///
    /// - Throws: `NotebookError` that says what is not as the format has it.
    public init(parsing bytes: [UInt8]) throws(NotebookError) {
        let value: JSON
        do throws(JSONError) {
            value = try JSON(parsing: bytes)
        } catch {
            throw NotebookError(problem: error.description)
        }
        guard var fields = value.members else {
            throw NotebookError(problem: "expected a JSON object, got another value")
        }
        guard let format = fields["nbformat"]?.int else {
            throw NotebookError(problem: "'nbformat' is missing, so this is no notebook")
        }
        guard format == 4 else {
            throw NotebookError(
                problem: "expected nbformat 4, got \(format): open and save it in Jupyter first")
        }
        guard let elements = fields["cells"]?.elements else {
            throw NotebookError(problem: "'cells' is missing or not a list")
        }
        var cells: [NotebookCell] = []
        for (index, element) in elements.enumerated() {
            guard let cell = NotebookCell(stored: element) else {
                throw NotebookError(problem: "cell \(index + 1) has no 'cell_type' or no 'source'")
            }
            cells.append(cell)
        }
        fields["cells"] = nil
        var metadata = fields["metadata"]?.members ?? JSONObject()
        for name in ["orig_nbformat", "orig_nbformat_minor", "signature"] { metadata[name] = nil }
        fields["metadata"] = .object(metadata)
        self.fields = fields
        self.cells = cells
    }

    /// Reads a notebook file.
    public init(contentsOf path: String) throws(NotebookError) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try TextFile.bytes(of: path)
        } catch {
            throw NotebookError(problem: error.problem)
        }
        try self.init(parsing: bytes)
    }

    /// The file's text as `nbformat` writes it.
    public var text: String {
        var stored = fields
        stored["cells"] = .array(cells.map(\.stored))
        return JSON.object(stored).notebookText + "\n"
    }

    /// Writes the file in one step: readers see the old or the new one.
    public func write(to path: String) throws(FileError) {
        try TextFile.write(text, to: path)
    }

    /// The notebook's own metadata, such as `kernelspec`.
    public var metadata: JSONObject {
        get { fields["metadata"]?.members ?? JSONObject() }
        set { fields["metadata"] = .object(newValue) }
    }

    /// Says which language ran it, so that viewers colour its cells.
    public mutating func describe(_ language: LanguageInfo) {
        metadata["language_info"] = [
            "name": .string(language.name), "version": .string(language.version),
            "file_extension": .string(language.fileExtension),
            "mimetype": .string(language.mimeType),
            "pygments_lexer": .string(language.pygmentsLexer),
            "codemirror_mode": .string(language.codeMirrorMode),
        ]
    }
}

/// A file that is not a notebook this program reads.
public struct NotebookError: Error, Sendable, CustomStringConvertible {
    public var problem: String

    public var description: String { "notebook: \(problem)" }
}
