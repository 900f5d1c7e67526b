import Hosting
import NeuralNetworks
import Tensors

/// Measures several models in turns, so that what else the machine does meets all of them alike.
///
/// Each model has its runs with one image, with a batch, and its steps of training; a kind of run
/// that has taken its share of the time and was measured three times is left out of further rounds.
struct ModelTimer {
    /// Something that is measured.
    enum Work: Hashable {
        /// The scores of so many images.
        case scores(Int)
        /// A step of training with so many.
        case step(Int)
    }

    let works: [Work]
    /// How many turns each has at most.
    let repeats: Int
    /// Seconds after which a run is slow enough to give up on; `nil` where all are measured.
    var hopeless: Double?
    /// Seconds that one kind of run of one model may take together, once it was measured three
    /// times.
    private let share = 2.5
    private let least = 3

    /// The times of every model, work by work. `advance` is told of each measurement, done or
    /// spared.
    func measure(
        _ candidates: [ModelCandidate], advance: (String) -> Void
    ) throws -> [[Work: Measurement]] {
        // Dropout draws, and what is measured shall change nothing.
        let times = try withoutDrawing {
            try groups(candidates).map { try measure(group: $0, advance: advance) }
        }
        return times.joined().map { $0.mapValues { Measurement(times: $0) } }
    }

    /// Neighbours whose weights fit into a quarter of the memory together: the rest is for
    /// gradients and activations.
    private func groups(_ candidates: [ModelCandidate]) -> [[ModelCandidate]] {
        var groups: [[ModelCandidate]] = []
        var room = 0
        for candidate in candidates {
            if candidate.weightBytes > room || groups.isEmpty {
                groups.append([])
                room = Memory.budget / 4
            }
            groups[groups.count - 1].append(candidate)
            room -= candidate.weightBytes
        }
        return groups
    }

    private func measure(
        group: [ModelCandidate], advance: (String) -> Void
    ) throws -> [[Work: [Double]]] {
        let runners = try group.map { try ModelRunner($0) }
        var times = [[Work: [Double]]](repeating: [:], count: group.count)
        for turn in 0..<repeats {
            for (index, runner) in runners.enumerated() {
                for work in works {
                    // Between two measurements nothing is half done.
                    try Host.current.rest()
                    let known = times[index][work] ?? []
                    if runner.can(work), isDue(known, turn: turn) {
                        times[index][work] = known + (try runner.times(work))
                    }
                    advance(group[index].name)
                }
            }
        }
        return times
    }

    private func isDue(_ times: [Double], turn: Int) -> Bool {
        if let hopeless, let quickest = times.min(), quickest > hopeless { return false }
        return turn < least || times.reduce(0, +) < share
    }
}

/// One model that is being measured.
private final class ModelRunner {
    private let candidate: ModelCandidate
    private let model: any Layer
    private let optimizer = SGD(learningRate: 0, momentum: 0.9)
    private var isWarm: Set<ModelTimer.Work> = []

    init(_ candidate: ModelCandidate) throws {
        self.candidate = candidate
        model = try candidate.make()
    }

    func can(_ work: ModelTimer.Work) -> Bool {
        if case .step = work { return candidate.isTrainable }
        return true
    }

    /// Seconds of the runs of one turn: one where it takes long, of short ones as many as fill some
    /// milliseconds. Before the first of a kind, which packs the weights and fills the caches, and
    /// before short ones, whose data other models have driven out of them, one more runs.
    func times(_ work: ModelTimer.Work) throws -> [Double] {
        let images = try images(work)
        let clock = ContinuousClock()
        func once() throws -> Double {
            try clock.measure {
                switch work {
                case .scores: try scores(images)
                case .step(let count): try step(images, count: count)
                }
            } / .seconds(1)
        }
        let first = try once()
        guard isWarm.insert(work).inserted || first < 0.05 else { return [first] }
        var times = [try once()]
        while times.count < 10, times.reduce(0, +) < 0.01 { times.append(try once()) }
        return times
    }

    private func images(_ work: ModelTimer.Work) throws -> Tensor {
        let count =
            switch work {
            case .scores(let count), .step(let count): count
            }
        return try withoutDrawing { try Tensor.randn([count] + candidate.input) }
    }

    private func scores(_ images: Tensor) throws {
        try withoutGradient { try withTraining(false) { _ = try model.call(images) } }
    }

    /// A step that leaves the weights as they are: the rate is 0.
    private func step(_ images: Tensor, count: Int) throws {
        let labels = try Tensor.zeros([count], dtype: .int64)
        try withTraining {
            try Context.current.withGradient {
                let (scores, auxiliary) = try model.scoresOfAllHeads(images)
                let loss = try auxiliary.reduce(crossEntropy(scores, labels)) {
                    try Tensor.adding($0, crossEntropy($1, labels))
                }
                try loss.backward()
            }
        }
        try optimizer.step(model)
        model.zeroGradients()
    }
}
