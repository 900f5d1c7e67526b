import NeuralNetworks
import Tensors

/// Tells the layers of a model apart by when they end, and how long each took by itself.
struct LayerClock {
    private let trace: ModelTrace
    /// The visits in the order in which they end.
    private let ending: [Int]
    /// Which visit each ending belonged to, in the first run.
    private var visits: [Int] = []
    private var byPath: [[LayerScope]: Int] = [:]

    init(_ trace: ModelTrace) {
        self.trace = trace
        var open: [Int] = []
        var ending: [Int] = []
        for (index, visit) in trace.visits.enumerated() {
            while let last = open.last,
                !visit.path.starts(with: trace.visits[last].path)
                    || visit.path.count <= trace.visits[last].path.count
            {
                ending.append(last)
                open.removeLast()
            }
            open.append(index)
        }
        self.ending = ending + open.reversed()
    }

    /// Seconds that each visit took by itself while `body` ran, layers inside it left out.
    mutating func measure(isBackward: Bool, _ body: () throws -> Void) throws -> [Double] {
        var events: [(path: [LayerScope], time: ContinuousClock.Instant)] = []
        let clock = ContinuousClock()
        let start = clock.now
        try Context.current.observing(
            .endings { path, isBack in
                if isBack == isBackward { events.append((path, clock.now)) }
            }, body)
        if !isBackward { learn(events.map(\.path)) }
        var seconds = [Double](repeating: 0, count: trace.visits.count)
        var before = start
        for (index, event) in events.enumerated() {
            let visit =
                isBackward
                ? byPath[event.path] : visits.indices.contains(index) ? visits[index] : nil
            seconds[visit ?? 0] += (event.time - before) / .seconds(1)
            before = event.time
        }
        return seconds
    }

    /// Finds which visit each ending belongs to, the first of its path that none has been found
    /// for. Some visits have no ending, where another layer does their work.
    private mutating func learn(_ paths: [[LayerScope]]) {
        visits = []
        var waiting = Dictionary(grouping: ending) { trace.visits[$0].path.count }
        for path in paths {
            let names = path.dropFirst().map(\.name)
            let position = waiting[names.count]?.firstIndex { index in
                let visit = trace.visits[index]
                // Layers called without their names are told apart by their kinds.
                return visit.layer.kind == path.last?.kind
                    && zip(visit.path, names).allSatisfy { $1.isEmpty || $0 == $1 }
            }
            visits.append(
                position.flatMap { waiting[names.count]?.remove(at: $0) } ?? byPath[path] ?? 0)
            byPath[path] = visits[visits.count - 1]
        }
    }
}
