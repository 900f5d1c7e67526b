import Hosting
import Sessions

/// Compares what a cell puts out with what is stored: text exactly or with a tolerance for its
/// numbers, pictures as the eye sees them.
///
/// The tags of nbval say which cells are compared (`nbval-ignore-output`, `nbval-check-output`,
/// `nbval-skip`); `tolerance:0.01` and `picture-tolerance:10` say how closely.
public struct OutputCheck: Sendable {
    /// How much two picture files differ: the greatest difference of colour, and where it is.
    /// Throws what makes them incomparable.
    public typealias PictureDifference =
        @Sendable (_ stored: [UInt8], _ now: [UInt8]) throws -> (amount: Double, place: String)

    /// Whether only cells tagged `nbval-check-output` are compared.
    public var isLax: Bool
    /// How far numbers with a decimal point may be apart, as a share of the greater one or of 1.
    public var tolerance: Double
    /// How far the colours of pictures may be apart.
    public var pictureTolerance: Double
    private let pictureDifference: PictureDifference

    public init(
        isLax: Bool = false, tolerance: Double = 0, pictureTolerance: Double = 5,
        pictureDifference: @escaping PictureDifference
    ) {
        self.isLax = isLax
        self.tolerance = tolerance
        self.pictureTolerance = pictureTolerance
        self.pictureDifference = pictureDifference
    }

    /// What of a cell's outputs is not as stored.
    ///
    /// - Parameter progress: the places of outputs that show how far some work was; the times in
    ///   them are not compared.
    package func differences(
        of now: NotebookCell, from stored: NotebookCell, cell: Int, progress: Set<Int>
    ) -> [Difference] {
        let markers = stored.markers
        let isIgnored =
            markers.contains("nbval-ignore-output") || markers.contains("injected-parameters")
        guard !isIgnored, !isLax || markers.contains("nbval-check-output") else { return [] }
        var comparison = Comparison(
            cell: cell,
            text: TextComparison(tolerance: Self.value("tolerance", in: markers) ?? tolerance),
            pictureTolerance: Self.value("picture-tolerance", in: markers) ?? pictureTolerance,
            pictureDifference: pictureDifference)
        comparison.compare(stored.outputs, now.outputs, progress: progress)
        return comparison.differences
    }

    /// The number in a tag such as `tolerance:0.01`.
    private static func value(_ name: String, in markers: Set<String>) -> Double? {
        for marker in markers where marker.hasPrefix(name) {
            let rest = marker.dropFirst(name.count)
            guard rest.first == ":" || rest.first == "=" else { continue }
            if let value = Double(rest.dropFirst()), value >= 0 { return value }
        }
        return nil
    }
}

/// One thing that is not as stored.
public struct Difference: Sendable, Equatable {
    /// The cell's place in the notebook, from 1, counting cells of every kind.
    public var cell: Int
    /// What differs: a stream, a form of an output, or the outputs as a whole.
    public var subject: String
    /// The first line of it that differs, from 1.
    public var line: Int?
    /// The stored and the new one, for a person.
    public var details: [String]

    /// Where it is, in words.
    public var place: String {
        "cell \(cell), \(subject)" + (line.map { ", line \($0)" } ?? "")
    }
}

/// The comparison of one cell.
private struct Comparison {
    let cell: Int
    let text: TextComparison
    let pictureTolerance: Double
    let pictureDifference: OutputCheck.PictureDifference
    var differences: [Difference] = []

    mutating func compare(
        _ stored: [NotebookOutput], _ now: [NotebookOutput], progress: Set<Int>
    ) {
        for stream in [OutputStream.standardOutput, .standardError] {
            compare(
                Self.printed(stored, stream), Self.printed(now, stream), stream.rawValue)
        }
        let storedValues = stored.enumerated().filter { !Self.isStream($0.element) }
        let values = now.enumerated().filter { !Self.isStream($0.element) }
        guard storedValues.count == values.count else {
            let counts = [("stored", storedValues), ("now", values)].map { name, outputs in
                let list = outputs.map { Self.summary($0.element) }.joined(separator: "; ")
                return "\(name): \(outputs.count)\(list.isEmpty ? "" : ": " + list)"
            }
            add("the number of outputs", counts)
            return
        }
        for (position, (before, after)) in zip(storedValues, values).enumerated() {
            let subject = "output \(position + 1)"
            if progress.contains(after.offset) {
                compare(
                    ProgressText.timeless(Self.plain(before.element)),
                    ProgressText.timeless(Self.plain(after.element)), subject)
            } else {
                compare(before.element, after.element, subject)
            }
        }
    }

    private mutating func compare(
        _ stored: NotebookOutput, _ now: NotebookOutput, _ subject: String
    ) {
        switch (stored, now) {
        case (.error(let name, let message, _), .error(let newName, let newMessage, _)):
            compare("\(name): \(message)", "\(newName): \(newMessage)", subject)
        case (.other(let stored), .other(let now)):
            compare(Self.data(stored), Self.data(now), subject)
        default:
            guard let before = Self.data(stored), let after = Self.data(now) else {
                add(subject, ["stored: \(Self.summary(stored))", "now: \(Self.summary(now))"])
                return
            }
            compare(before, after, subject)
        }
    }

    private mutating func compare(_ stored: JSONObject?, _ now: JSONObject?, _ subject: String) {
        let stored = stored ?? JSONObject()
        let now = now ?? JSONObject()
        let names = stored.members.map(\.name).sorted()
        let newNames = now.members.map(\.name).sorted()
        guard names == newNames else {
            add(
                subject,
                [
                    "stored: \(names.joined(separator: ", "))",
                    "now: \(newNames.joined(separator: ", "))",
                ])
            return
        }
        for name in names {
            guard let before = stored[name], let after = now[name], before != after else {
                continue
            }
            let subject = "\(subject) (\(name))"
            if name.hasPrefix("image/"), name != "image/svg+xml" {
                comparePictures(before.text ?? "", after.text ?? "", subject)
            } else {
                compare(Self.lines(before), Self.lines(after), subject)
            }
        }
    }

    private mutating func compare(_ stored: String, _ now: String, _ subject: String) {
        guard stored != now, let found = text.difference(stored, now) else { return }
        add(subject, found.details, line: found.line)
    }

    private mutating func comparePictures(_ stored: String, _ now: String, _ subject: String) {
        guard let before = Base64.decode(stored), let after = Base64.decode(now) else {
            add(subject, ["one of the two is not Base64"])
            return
        }
        do {
            guard before != after else { return }
            let found = try pictureDifference(before, after)
            guard found.amount > pictureTolerance else { return }
            let amount = (found.amount * 10).rounded() / 10
            add(
                subject,
                [
                    "the pictures differ by a colour distance of \(amount) \(found.place), "
                        + "expected at most \(pictureTolerance)"
                ])
        } catch {
            add(subject, [String(describing: error)])
        }
    }

    private mutating func add(_ subject: String, _ details: [String], line: Int? = nil) {
        differences.append(Difference(cell: cell, subject: subject, line: line, details: details))
    }

    // MARK: - Outputs

    private static func isStream(_ output: NotebookOutput) -> Bool {
        if case .stream = output { true } else { false }
    }

    private static func printed(_ outputs: [NotebookOutput], _ stream: OutputStream) -> String {
        outputs.reduce(into: "") { text, output in
            if case .stream(stream, let piece) = output { text += piece }
        }
    }

    /// The forms of a value; an output that this program did not make may have members besides.
    private static func data(_ output: NotebookOutput) -> JSONObject? {
        switch output {
        case .result(let data, _), .display(let data): data
        case .other(let members): data(members)
        case .stream, .error: nil
        }
    }

    private static func data(_ members: JSONObject) -> JSONObject? { members["data"]?.members }

    private static func plain(_ output: NotebookOutput) -> String {
        data(output)?["text/plain"]?.text ?? ""
    }

    private static func summary(_ output: NotebookOutput) -> String {
        if case .error(let name, _, _) = output { return name }
        let text = plain(output).split(separator: "\n").first.map(String.init) ?? "an output"
        return text.count > 40 ? text.prefix(39) + "…" : text
    }

    /// A form as text: JSON with a line for each value.
    private static func lines(_ form: JSON) -> String { form.text ?? form.notebookText }
}

/// The line that shows how far some work is.
enum ProgressText {
    /// The line without rates and times, which differ from run to run.
    static func timeless(_ text: String) -> String {
        let line = text.prefix { $0 != "\n" }
        let parts = line.split(separator: "·").map { part in
            part.split(separator: " ").joined(separator: " ")
        }
        return parts.filter { !isTime($0) }.joined(separator: " · ")
    }

    private static func isTime(_ part: String) -> Bool {
        guard part.first?.isNumber == true else { return false }
        var words = part.split(separator: " ")
        if words.last == "left" { words.removeLast() }
        return words.last.map { $0.hasSuffix("/s") || ["s", "ms", "min", "h"].contains($0) }
            ?? false
    }
}
