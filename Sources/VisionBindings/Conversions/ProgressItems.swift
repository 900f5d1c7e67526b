import Language
import VisionEngine

/// A sequence of the language that tells how far it has been gone through; each pass has a line of
/// its own.
final class ProgressItems {
    private let title: String
    private let count: Int?
    private let unit: String
    private let begin: () throws -> () throws -> Value?
    /// The pass under way, which figures are reported to.
    private var tracker: ProgressTracker?

    /// Any sequence of the language.
    init(_ items: Value, _ title: String) {
        self.title = title
        count = items.elementCount
        unit = "items"
        begin = items.makeIterator
    }

    init(_ batches: BatchLoader, _ title: String) {
        self.title = title
        count = batches.count
        unit = "batches"
        begin = {
            let iterator = batches.makeIterator()
            return { try iterator.nextBatch()?.scriptValue }
        }
    }

    func report(_ name: String, _ value: Double) { tracker?.report(name, value) }

    /// Begins a pass; an element counts as done when the next is asked for.
    func makeIterator() throws -> () throws -> Value? {
        let next = try begin()
        let tracker = ProgressTracker(title, total: count, unit: unit)
        self.tracker = tracker
        var hasBegun = false
        return {
            if hasBegun { tracker.advance() }
            hasBegun = true
            if let element = try next() { return element }
            tracker.finish()
            return nil
        }
    }
}

/// Any sequence of the language but those of the engine, as an argument.
struct AnyElements: ScriptConvertible {
    let value: Value

    static var scriptType: ScriptType { .array(.variable("T")) }
    static func fromScript(_ value: Value) -> AnyElements? { AnyElements(value: value) }
    var scriptValue: Value { value }
}

/// What `progress` makes of a sequence of the language.
struct ElementProgress: ScriptConvertible {
    static let name = "ProgressSequence"
    let sequence: ProgressItems

    static var scriptType: ScriptType { .generic(name, [.variable("T")]) }

    static func fromScript(_ value: Value) -> ElementProgress? {
        guard case .object(let object) = value, let sequence = object.base as? ProgressItems
        else { return nil }
        return ElementProgress(sequence: sequence)
    }

    var scriptValue: Value { .object(ForeignObject(sequence, typeName: Self.name)) }
}

/// What `progress` makes of batches.
struct BatchProgress: ScriptConvertible {
    let sequence: ProgressItems

    static var scriptType: ScriptType { .generic(ElementProgress.name, [Batch.scriptType]) }

    static func fromScript(_ value: Value) -> BatchProgress? {
        ElementProgress.fromScript(value).map { BatchProgress(sequence: $0.sequence) }
    }

    var scriptValue: Value { ElementProgress(sequence: sequence).scriptValue }
}
