import Hosting

/// A sequence that tells the front end how far it has been gone through: see `progress(_:_:)`.
public struct ProgressSequence<Base: Sequence>: Sequence {
    /// The pass under way, which figures are reported to.
    private final class Pass { var tracker: ProgressTracker? }

    private let base: Base
    private let title: String
    private let count: Int?
    private let pass = Pass()

    init(_ base: Base, _ title: String, count: Int?) {
        self.base = base
        self.title = title
        self.count = count
    }

    /// A figure's value at the present element: the line tells it, and its curve is drawn below.
    public func report(_ name: String, _ value: Double) { pass.tracker?.report(name, value) }

    /// Begins a pass, with a line of its own.
    public func makeIterator() -> Iterator {
        let tracker = ProgressTracker(title, total: count, unit: "items")
        pass.tracker = tracker
        return Iterator(base: base.makeIterator(), tracker: tracker)
    }

    /// One pass over the elements.
    public struct Iterator: IteratorProtocol {
        private var base: Base.Iterator
        private let tracker: ProgressTracker
        private var hasBegun = false
        private var isOver = false

        fileprivate init(base: Base.Iterator, tracker: ProgressTracker) {
            self.base = base
            self.tracker = tracker
        }

        /// The next element; the one before it counts as done.
        public mutating func next() -> Base.Element? {
            guard !isOver else { return nil }
            if hasBegun { tracker.advance() }
            hasBegun = true
            if let element = base.next() { return element }
            isOver = true
            tracker.finish()
            return nil
        }
    }
}

/// The elements of a sequence; going through them shows a line that updates in place, with the
/// rate, the time left and the figures that the loop reports.
///
///     let steps = progress(1...100, "Training")
///     for step in steps {
///         steps.report("loss", 1 / Double(step))
///     }
///
/// The number of elements is known of collections, and of sequences that underestimate exactly.
public func progress<S: Sequence>(_ items: S, _ title: String = "") -> ProgressSequence<S> {
    let count = (items as? any Collection)?.count ?? items.underestimatedCount
    return ProgressSequence(items, title, count: count > 0 ? count : nil)
}
