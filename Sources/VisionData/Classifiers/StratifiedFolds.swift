import Tensors

/// Rows divided into folds that have about the same share of each class.
struct StratifiedFolds: Sendable {
    /// The fold of each row.
    private let fold: [Int]
    /// How many there are.
    let count: Int

    /// Which rows are in which fold is drawn with `seed`.
    ///
    /// Throws when `folds` is not 2 to 100 or there are fewer rows of some class.
    init(_ index: LabelIndex, folds: Int, seed: Int, _ operation: String) throws {
        let rows = Dictionary(grouping: index.positions.indices) { index.positions[$0] }
        let least = rows.values.map(\.count).min() ?? 0
        guard folds >= 2, folds <= 100, folds <= least else {
            throw TensorError(
                .value, operation, "wrong number of folds",
                expected: "2 to \(max(2, min(100, least))), as many as the smallest class has rows",
                got: "\(folds)")
        }
        var generator = RandomGenerator(seed: seed)
        var fold = [Int](repeating: 0, count: index.positions.count)
        for position in index.classes.indices {
            var members = rows[position] ?? []
            members.shuffle(using: &generator)
            // Starting where the last class ended keeps the folds of one size.
            for (turn, member) in members.enumerated() { fold[member] = (turn + position) % folds }
        }
        self.fold = fold
        count = folds
    }

    /// The rows to learn from and those to test on, when it is a fold's turn.
    func split(_ turn: Int) -> (training: [Int], testing: [Int]) {
        (fold.indices.filter { fold[$0] != turn }, fold.indices.filter { fold[$0] == turn })
    }
}
