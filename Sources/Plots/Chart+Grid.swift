extension Chart {
    /// Numbers in rows and columns, for heat maps and contour lines.
    ///
    ///     Chart.Grid([[1, 2], [3, 4]], x: [0, 0.5], y: [-1, 1])
    public struct Grid: Sendable, Equatable {
        /// The rows, as long as the longest; what is missing is no number.
        public let values: [[Double]]
        /// Where the columns lie on the x axis, rising; empty where they are named.
        public let x: [Double]
        /// Where the rows lie on the y axis, rising; empty where they are named, from the top.
        public let y: [Double]
        /// What stands in each cell; empty where nothing does.
        public let labels: [[String]]

        /// A grid whose columns and rows lie at `x` and `y`; where either is missing, is not rising
        /// or is of another length than the grid, both have names.
        public init(
            _ values: [[Double]], x: [Double] = [], y: [Double] = [], labels: [[String]] = []
        ) {
            let columns = values.map(\.count).max() ?? 0
            self.values = values.map {
                $0 + [Double](repeating: .nan, count: columns - $0.count)
            }
            func rises(_ places: [Double], _ count: Int) -> Bool {
                places.count == count && places.allSatisfy(\.isFinite)
                    && zip(places, places.dropFirst()).allSatisfy { $0 < $1 }
            }
            let isPlaced = rises(x, columns) && rises(y, values.count) && columns > 0
            self.x = isPlaced ? x : []
            self.y = isPlaced ? y : []
            self.labels = labels
        }

        /// Whether its rows and columns have names in place of numbers.
        var isMatrix: Bool { x.isEmpty }

        var columnCount: Int { values.first?.count ?? 0 }

        /// The least and the greatest finite number; 0...1 where there is none.
        var range: ClosedRange<Double> {
            let finite = values.joined().filter(\.isFinite)
            return (finite.min() ?? 0)...(finite.max() ?? 1)
        }

        func label(_ row: Int, _ column: Int) -> String {
            guard labels.indices.contains(row), labels[row].indices.contains(column) else {
                return ""
            }
            return labels[row][column]
        }

        /// The ends of the cells along an axis: halfway between their middles.
        static func edges(_ middles: [Double]) -> [Double] {
            guard let first = middles.first, let last = middles.last else { return [] }
            guard middles.count > 1 else { return [first - 0.5, first + 0.5] }
            let inner = zip(middles, middles.dropFirst()).map { $0 / 2 + $1 / 2 }
            return [first - (inner[0] - first)] + inner + [last + (last - inner[inner.count - 1])]
        }

        /// The ends of the columns: numbers on the x axis, or places from 0.
        var columnEdges: [Double] {
            isMatrix ? (0...columnCount).map(Double.init) : Self.edges(x)
        }

        /// The ends of the rows, the first row's first: numbers on the y axis, or places from the
        /// top.
        var rowEdges: [Double] {
            isMatrix ? (0...values.count).map { Double(values.count - $0) } : Self.edges(y)
        }

        /// The grid with at most `limit` rows and columns, each cell the mean of those it covers.
        func thinned(to limit: Int) -> Grid {
            guard values.count > limit || columnCount > limit else { return self }
            func blocks(_ count: Int) -> [Range<Int>] {
                let wanted = min(count, limit)
                return (0..<wanted).map { $0 * count / wanted..<($0 + 1) * count / wanted }
            }
            func mean(_ numbers: [Double]) -> Double {
                let finite = numbers.filter(\.isFinite)
                return finite.isEmpty ? .nan : finite.reduce(0) { $0 + $1 / Double(finite.count) }
            }
            let (rows, columns) = (blocks(values.count), blocks(columnCount))
            return Grid(
                rows.map { rows in
                    columns.map { columns in mean(rows.flatMap { Array(values[$0][columns]) }) }
                },
                x: isMatrix ? [] : columns.map { mean(Array(x[$0])) },
                y: isMatrix ? [] : rows.map { mean(Array(y[$0])) })
        }
    }

    /// How numbers are spread: the quartiles, and how far the rest reaches.
    ///
    ///     Chart.Box([1, 2, 3, 4, 100])?.median   // 3.0
    public struct Box: Sendable, Equatable {
        /// The least number that is no outlier.
        public let low: Double
        /// A quarter of the numbers lie below.
        public let lowerQuartile: Double
        /// Half of the numbers lie below.
        public let median: Double
        /// A quarter of the numbers lie above.
        public let upperQuartile: Double
        /// The greatest number that is no outlier.
        public let high: Double
        /// The numbers that lie farther from the box than 1.5 times its height, rising.
        public let outliers: [Double]

        /// The box of some numbers, of which those that are not finite do not count; `nil` where
        /// none is left.
        ///
        /// Quartiles lie between two numbers in proportion, as NumPy's do. Source of the whiskers:
        /// Tukey, "Exploratory Data Analysis", 1977.
        public init?(_ values: [Double]) {
            let sorted = values.filter(\.isFinite).sorted()
            guard !sorted.isEmpty else { return nil }
            func quantile(_ share: Double) -> Double {
                let position = share * Double(sorted.count - 1)
                let index = Int(position)
                let rest = position - Double(index)
                let next = sorted[min(index + 1, sorted.count - 1)]
                return sorted[index] * (1 - rest) + next * rest
            }
            let (lower, upper) = (quantile(0.25), quantile(0.75))
            let reach = 1.5 * (upper - lower)
            let inside = sorted.filter { $0 >= lower - reach && $0 <= upper + reach }
            low = min(lower, inside.first ?? lower)
            high = max(upper, inside.last ?? upper)
            lowerQuartile = lower
            median = quantile(0.5)
            upperQuartile = upper
            outliers = sorted.filter { $0 < lower - reach || $0 > upper + reach }
        }
    }

    /// A picture in a chart, opaque.
    public struct Picture: Sendable, Equatable {
        /// Pixels across.
        public let width: Int
        /// Pixels down.
        public let height: Int
        /// The pixels row by row, three bytes each: red, green, blue.
        public let rgb: [UInt8]

        /// A picture from its pixels; rows that are missing at the end are black.
        public init(width: Int, height: Int, rgb: [UInt8]) {
            self.width = max(1, min(width, 16_384))
            self.height = max(1, min(height, 16_384))
            let wanted = 3 * self.width * self.height
            self.rgb =
                Array(rgb.prefix(wanted)) + [UInt8](repeating: 0, count: max(0, wanted - rgb.count))
        }
    }
}
