import Hosting
import OneDNN

extension FeatureRows {
    /// A row among others and the square of its distance.
    package typealias Neighbor = (row: Int, squared: Float)

    /// For each row the `count` nearest of `others`, the nearest first; of two that are equally far
    /// the first.
    ///
    /// Squared distances come from products of many rows at once, so that they are exact to a
    /// millionth of the rows' squared lengths. Polls.
    ///
    /// - Parameters:
    ///   - others: as many rows of the same length as there are `lengths`.
    ///   - lengths: the squared lengths of the others.
    ///   - isOwn: whether the others are these rows; none is a neighbour of itself then.
    func nearest(
        _ count: Int, among others: UnsafePointer<Float>, lengths: [Float], isOwn: Bool = false,
        reporter: ProgressReporter? = nil
    ) throws -> [[Neighbor]] {
        let columns = lengths.count
        let own = try squaredNorms()
        var found = [[Neighbor]](repeating: [], count: self.count)
        try found.withUnsafeMutableBufferPointer { found in
            let results = found
            try eachProduct(
                with: others, count: columns,
                rows: min(1024, 16_000_000 / max(columns, dimension))
            ) { start, length, products in
                Parallel.forEach(count: length, grain: 4) { part in
                    for index in part {
                        let row = start + index
                        results[row] = Self.least(
                            count, of: products + index * columns, lengths,
                            without: isOwn ? row : nil
                        ).map { ($0.column, max(0, $0.distance + own[row])) }
                    }
                }
                reporter?.advance(by: length)
            }
        }
        return found
    }

    /// For each row its `count` nearest other rows.
    package func nearest(
        _ count: Int, reporter: ProgressReporter? = nil
    ) throws -> [[Neighbor]] {
        let lengths = try squaredNorms()
        return try withRows {
            try nearest(count, among: $0, lengths: lengths, isOwn: true, reporter: reporter)
        }
    }

    /// The columns with the least `length - 2 product`, which is the squared distance up to what is
    /// the same for all columns.
    private static func least(
        _ count: Int, of products: UnsafePointer<Float>, _ lengths: [Float], without own: Int?
    ) -> [(column: Int, distance: Float)] {
        var nearest: [(column: Int, distance: Float)] = []
        nearest.reserveCapacity(count + 1)
        var limit = Float.infinity
        for column in lengths.indices {
            let distance = lengths[column] - 2 * products[column]
            guard distance < limit || nearest.count < count, column != own else { continue }
            var place = nearest.count
            while place > 0, nearest[place - 1].distance > distance { place -= 1 }
            nearest.insert((column, distance), at: place)
            if nearest.count > count { nearest.removeLast() }
            if nearest.count == count { limit = nearest[count - 1].distance }
        }
        return nearest
    }

    /// The squared length of each row.
    func squaredNorms() throws -> [Float] {
        try withRows { VisionData.squaredNorms($0, count: count, dimension) }
    }
}

/// The squared length of each of so many rows.
func squaredNorms(_ rows: UnsafePointer<Float>, count: Int, _ dimension: Int) -> [Float] {
    (0..<count).map { row in
        let start = rows + row * dimension
        return dotProduct(start, start, dimension)
    }
}
