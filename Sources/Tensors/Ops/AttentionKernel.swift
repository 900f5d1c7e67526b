import OneDNN
import Synchronization

/// Row-major matrices of one size that lie anywhere in a storage.
struct MatrixStack<Element> {
    let storage: Storage
    let start: UnsafeMutablePointer<Element>
    /// Elements from one row to the next.
    let row: Int
    /// Where each matrix begins.
    let offsets: [Int]

    init(
        _ storage: Storage, _ start: Int, leading: [Int], strides: [Int], row: Int, _: Element.Type
    ) {
        self.storage = storage
        self.start = storage.pointer.assumingMemoryBound(to: Element.self) + start
        self.row = row
        var offsets = [0]
        for (size, step) in zip(leading, strides) {
            offsets = offsets.flatMap { offset in (0..<size).map { offset + $0 * step } }
        }
        self.offsets = offsets
    }

    /// The matrices of a tensor's last two axes: where they are if their rows are whole, else a copy.
    init(_ tensor: Tensor, _: Element.Type) throws {
        let rank = tensor.rank
        let rows = tensor.shape[rank - 2]
        let columns = tensor.shape[rank - 1]
        var elements = try tensor.strided()
        var row = elements.strides[rank - 2]
        if rows <= 1 { row = max(row, columns) }
        if columns > 1 && elements.strides[rank - 1] != 1 || row < max(1, columns) {
            elements = try tensor.dense()
            row = max(1, columns)
        }
        self.init(
            elements.storage, elements.offset, leading: Array(tensor.shape.dropLast(2)),
            strides: Array(elements.strides.dropLast(2)), row: row, Element.self)
    }

    subscript(_ matrix: Int) -> UnsafeMutablePointer<Element> { start + offsets[matrix] }
}

/// What is added to the scores before the softmax.
struct AttentionMask {
    let values: MatrixStack<Float>
    let column: Int
}

/// Attention of many small matrices, one job each, spread over the team; what a job computes stays
/// in the cache of its core.
///
/// Each row of scores is padded to whole lanes, whose probability is 0.
struct AttentionKernel<Element: LaneElement> {
    /// Queries, keys, and the widths of a query and of a value.
    let rows, columns, width, valueWidth: Int
    let scale: Float
    let isCausal: Bool
    let mask: AttentionMask?
    /// The share of probabilities that is set to zero, and where the draws come from.
    let dropout: (probability: Float, random: IndexedRandom)?

    /// Elements from one row of scores to the next.
    var padded: Int { FloatLanes.padded(columns) }
    /// Rows of scores that are in the cache at once.
    private var blockRows: Int { min(rows, max(8, 65_536 / padded)) }

    /// `softmax(scale Q K' + mask) V`. With `kept`, the probabilities go there, `rows * padded` a
    /// job, for the backward pass.
    func forward(
        query: MatrixStack<Element>, key: MatrixStack<Element>, value: MatrixStack<Element>,
        output: MatrixStack<Element>, kept: UnsafeMutablePointer<Float>?
    ) throws {
        try eachJob(query.offsets.count) { jobs in
            let scratch = try Scratch(self, backward: false)
            for job in jobs {
                for first in stride(from: 0, to: rows, by: blockRows) {
                    let count = min(blockRows, rows - first)
                    let own = kept.map { $0 + (job * rows + first) * padded } ?? scratch.scores
                    let reach = try probabilities(
                        job, first, count, query[job], query.row, key[job], key.row,
                        scratch.scores, own)
                    let weights = weights(own, scratch, job, first, count)
                    try Element.product(
                        transposeA: false, transposeB: false, rows: count, columns: valueWidth,
                        inner: reach, weights, leadingA: padded, value[job], leadingB: value.row,
                        beta: 0, scratch.result, leadingC: valueWidth)
                    copy(
                        scratch.result, count, valueWidth, output[job] + first * output.row,
                        output.row)
                }
            }
        }
        withExtendedLifetime((query.storage, key.storage, value.storage, output.storage)) {}
    }

    /// The gradients with respect to queries, keys and values, each written in full; without
    /// `kept` the probabilities are computed again. `maskGradient` receives those of the scores,
    /// `rows * columns` a job.
    func backward(
        query: MatrixStack<Element>, key: MatrixStack<Element>, value: MatrixStack<Element>,
        gradient: MatrixStack<Element>, kept: UnsafeMutablePointer<Float>?,
        queryGradient: MatrixStack<Element>, keyGradient: MatrixStack<Element>,
        valueGradient: MatrixStack<Element>, maskGradient: UnsafeMutablePointer<Float>?
    ) throws {
        try eachJob(query.offsets.count) { jobs in
            let scratch = try Scratch(self, backward: true)
            for job in jobs {
                for first in stride(from: 0, to: rows, by: blockRows) {
                    let count = min(blockRows, rows - first)
                    let given = gradient[job] + first * gradient.row
                    let queries = query[job] + first * query.row
                    let beta: Float = first == 0 ? 0 : 1
                    var own = scratch.kept
                    var reach = isCausal ? min(columns, first + count) : columns
                    if first == 0, isCausal { reach = columns }
                    if let kept {
                        own = kept + (job * rows + first) * padded
                    } else {
                        _ = try probabilities(
                            job, first, count, query[job], query.row, key[job], key.row,
                            scratch.scores, own)
                    }
                    let weights = weights(own, scratch, job, first, count)
                    try Element.product(
                        transposeA: true, transposeB: false, rows: reach, columns: valueWidth,
                        inner: count, weights, leadingA: padded, given, leadingB: gradient.row,
                        beta: beta, scratch.valueSum, leadingC: valueWidth)
                    try Element.product(
                        transposeA: false, transposeB: true, rows: count, columns: reach,
                        inner: valueWidth, given, leadingA: gradient.row, value[job],
                        leadingB: value.row, beta: 0, scratch.scores, leadingC: padded)
                    for r in 0..<count {
                        scoreGradients(
                            job, first + r, own + r * padded, scratch.scores + r * padded,
                            scratch.slopes + r * padded,
                            maskGradient.map { $0 + (job * rows + first + r) * columns })
                    }
                    try Element.product(
                        transposeA: false, transposeB: false, rows: count, columns: width,
                        inner: reach, scratch.slopes, leadingA: padded, key[job],
                        leadingB: key.row, beta: 0, scratch.result, leadingC: width)
                    copy(
                        scratch.result, count, width,
                        queryGradient[job] + first * queryGradient.row,
                        queryGradient.row)
                    try Element.product(
                        transposeA: true, transposeB: false, rows: reach, columns: width,
                        inner: count, scratch.slopes, leadingA: padded, queries,
                        leadingB: query.row, beta: beta, scratch.keySum, leadingC: width)
                }
                copy(scratch.keySum, columns, width, keyGradient[job], keyGradient.row)
                copy(scratch.valueSum, columns, valueWidth, valueGradient[job], valueGradient.row)
            }
        }
        withExtendedLifetime((query.storage, key.storage, value.storage, gradient.storage)) {}
    }

    /// Runs the jobs over the team; the first failure is thrown when all have ended.
    private func eachJob(_ count: Int, _ body: (Range<Int>) throws -> Void) throws {
        let failure = Mutex<(any Error)?>(nil)
        Parallel.forEach(count: count, grain: max(1, 8192 / max(1, rows * columns))) { jobs in
            do {
                try body(jobs)
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// The softmax of `count` rows of scores from `first` on; returns how many keys they reach.
    private func probabilities(
        _ job: Int, _ first: Int, _ count: Int, _ query: UnsafeMutablePointer<Element>,
        _ queryRow: Int, _ key: UnsafeMutablePointer<Element>, _ keyRow: Int,
        _ scores: UnsafeMutablePointer<Float>, _ result: UnsafeMutablePointer<Float>
    ) throws -> Int {
        let reach = isCausal ? min(columns, first + count) : columns
        try Element.product(
            transposeA: false, transposeB: true, rows: count, columns: reach, inner: width,
            query + first * queryRow, leadingA: queryRow, key, leadingB: keyRow, beta: 0, scores,
            leadingC: padded)
        for r in 0..<count {
            softmax(job, first + r, scores + r * padded, result + r * padded)
        }
        return reach
    }

    /// One row of scores, which is used up, to probabilities. A row without any key to attend to
    /// gets zeros.
    private func softmax(
        _ job: Int, _ row: Int, _ scores: UnsafeMutablePointer<Float>,
        _ result: UnsafeMutablePointer<Float>
    ) {
        let limit = isCausal ? min(columns, row + 1) : columns
        let padded = padded
        var factor = scale
        if let mask {
            let added = mask.values[job] + row * mask.values.row
            let step = mask.column
            if step == 1 {
                for j in 0..<limit { scores[j] = scores[j] * scale + added[j] }
            } else {
                for j in 0..<limit { scores[j] = scores[j] * scale + added[j &* step] }
            }
            factor = 1
        } else if scale <= 0 {
            for j in 0..<limit { scores[j] *= scale }
            factor = 1
        }
        for j in limit..<padded { scores[j] = -.infinity }
        var greatest = FloatLanes(repeating: -.infinity)
        for j in stride(from: 0, to: padded, by: FloatLanes.width) {
            greatest = greatest.greater(FloatLanes(at: scores + j))
        }
        var top = greatest.max()
        if top == -.infinity {
            guard (0..<limit).contains(where: { scores[$0].isNaN }) else {
                for j in stride(from: 0, to: padded, by: FloatLanes.width) {
                    FloatLanes.zero.store(at: result + j)
                }
                return
            }
            top = 0
        }
        var total = FloatLanes.zero
        for j in stride(from: 0, to: padded, by: FloatLanes.width) {
            let power = exponential((FloatLanes(at: scores + j) - top) * factor)
            power.store(at: scores + j)
            total += power
        }
        let share = 1 / total.sum()
        for j in stride(from: 0, to: padded, by: FloatLanes.width) {
            (FloatLanes(at: scores + j) * share).store(at: result + j)
        }
    }

    /// The gradients of one row's scores from those of its probabilities `p`, which are used up:
    /// `p (dp - sum(p dp))`, and times the scale for the products with keys and queries.
    private func scoreGradients(
        _ job: Int, _ row: Int, _ p: UnsafeMutablePointer<Float>,
        _ dp: UnsafeMutablePointer<Float>, _ slopes: UnsafeMutablePointer<Element>,
        _ maskGradient: UnsafeMutablePointer<Float>?
    ) {
        let limit = isCausal ? min(columns, row + 1) : columns
        for j in limit..<padded { dp[j] = 0 }
        if let dropout {
            let start = (job * rows + row) * columns
            for j in 0..<limit { dp[j] *= keep(dropout, start + j) }
        }
        var total = FloatLanes.zero
        for j in stride(from: 0, to: padded, by: FloatLanes.width) {
            total += FloatLanes(at: p + j) * FloatLanes(at: dp + j)
        }
        let mean = total.sum()
        for j in stride(from: 0, to: padded, by: FloatLanes.width) {
            let slope = FloatLanes(at: p + j) * (FloatLanes(at: dp + j) - mean)
            slope.store(at: dp + j)
            Element.store(slope * scale, at: slopes + j)
        }
        maskGradient?.update(from: dp, count: columns)
    }

    /// 0, or what makes up for the zeros elsewhere.
    @inline(__always)
    private func keep(
        _ dropout: (probability: Float, random: IndexedRandom), _ index: Int
    ) -> Float {
        dropout.random.uniform(index) < dropout.probability ? 0 : 1 / (1 - dropout.probability)
    }

    /// The probabilities that values are weighted with: after dropout, in the elements' own type.
    private func weights(
        _ kept: UnsafeMutablePointer<Float>, _ scratch: Scratch, _ job: Int, _ first: Int,
        _ count: Int
    ) -> UnsafeMutablePointer<Element> {
        guard isConverted else {
            return UnsafeMutableRawPointer(kept).assumingMemoryBound(to: Element.self)
        }
        for r in 0..<count {
            let from = kept + r * padded
            let to = scratch.weights + r * padded
            for j in stride(from: 0, to: padded, by: FloatLanes.width) {
                Element.store(FloatLanes(at: from + j), at: to + j)
            }
            guard let dropout else { continue }
            let start = (job * rows + first + r) * columns
            for j in 0..<columns { to[j] = Element(from[j] * keep(dropout, start + j)) }
        }
        return scratch.weights
    }

    /// Whether probabilities are not multiplied as they are kept.
    private var isConverted: Bool { dropout != nil || Element.self != Float.self }

    private func copy(
        _ source: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int,
        _ target: UnsafeMutablePointer<Element>, _ targetRow: Int
    ) {
        let whole = columns / FloatLanes.width * FloatLanes.width
        for r in 0..<rows {
            let from = source + r * columns
            let to = target + r * targetRow
            for j in stride(from: 0, to: whole, by: FloatLanes.width) {
                Element.store(FloatLanes(at: from + j), at: to + j)
            }
            for j in whole..<columns { to[j] = Element(from[j]) }
        }
    }

    /// One thread's buffers.
    private final class Scratch {
        private let storage: Storage
        /// A block of scores, and then of their gradients.
        let scores: UnsafeMutablePointer<Float>
        /// A block of results.
        let result: UnsafeMutablePointer<Float>
        let keySum, valueSum: UnsafeMutablePointer<Float>
        /// A block of probabilities.
        let kept: UnsafeMutablePointer<Float>
        /// The same as they are multiplied, and the gradients of scores.
        let weights, slopes: UnsafeMutablePointer<Element>

        init(_ kernel: AttentionKernel, backward: Bool) throws {
            let block = kernel.blockRows * kernel.padded
            let widest = max(kernel.width, kernel.valueWidth)
            let floats = [
                block, kernel.blockRows * widest, backward ? kernel.columns * kernel.width : 0,
                backward ? kernel.columns * kernel.valueWidth : 0, backward ? block : 0,
            ]
            let elements = [kernel.isConverted ? block : 0, backward ? block : 0]
            let sizes =
                floats.map { $0 * MemoryLayout<Float>.stride }
                + elements.map { $0 * MemoryLayout<Element>.stride }
            var places = [0]
            for size in sizes { places.append(places[places.count - 1] + (size + 63) / 64 * 64) }
            let storage = try Storage(byteCount: places[places.count - 1])
            self.storage = storage
            func float(_ index: Int) -> UnsafeMutablePointer<Float> {
                (storage.pointer + places[index]).assumingMemoryBound(to: Float.self)
            }
            func element(_ index: Int) -> UnsafeMutablePointer<Element> {
                (storage.pointer + places[floats.count + index]).assumingMemoryBound(
                    to: Element.self)
            }
            scores = float(0)
            result = float(1)
            keySum = float(2)
            valueSum = float(3)
            kept = float(4)
            weights = element(0)
            slopes = element(1)
        }
    }
}
