/// Lines of equal height over a grid, by marching squares.
///
/// Source: Lorensen and Cline, "Marching Cubes", 1987, in two dimensions. In a saddle the lines go
/// as the mean of the four corners says.
struct ContourLines {
    typealias Point = (x: Double, y: Double)

    private let grid: Chart.Grid

    init(_ grid: Chart.Grid) { self.grid = grid }

    /// A side of a cell, by the grid point it begins at and its direction: lines that meet there
    /// are one.
    private struct Side: Hashable {
        let row: Int
        let column: Int
        let isUpward: Bool
    }

    /// The pieces of the line at `level`, each as its points in order.
    func lines(at level: Double) -> [[Point]] {
        var neighbours: [Side: [Side]] = [:]
        for row in 0..<max(0, grid.values.count - 1) {
            for column in 0..<max(0, grid.columnCount - 1) {
                for (a, b) in segments(row, column, level) {
                    neighbours[a, default: []].append(b)
                    neighbours[b, default: []].append(a)
                }
            }
        }
        return chains(neighbours).map { $0.map { point($0, level) } }
    }

    /// The pairs of sides that the line joins within a cell.
    private func segments(_ row: Int, _ column: Int, _ level: Double) -> [(Side, Side)] {
        let corners = [
            grid.values[row][column], grid.values[row][column + 1],
            grid.values[row + 1][column + 1], grid.values[row + 1][column],
        ]
        guard corners.allSatisfy(\.isFinite) else { return [] }
        let sides = [
            Side(row: row, column: column, isUpward: false),
            Side(row: row, column: column + 1, isUpward: true),
            Side(row: row + 1, column: column, isUpward: false),
            Side(row: row, column: column, isUpward: true),
        ]
        let isHigh = corners.map { $0 > level }
        let crossed = (0..<4).filter { isHigh[$0] != isHigh[($0 + 1) % 4] }
        switch crossed.count {
        case 2: return [(sides[crossed[0]], sides[crossed[1]])]
        case 4:
            let isHighBetween = corners.reduce(0) { $0 + $1 / 4 } > level
            // Around the corners that differ from the middle.
            return isHigh[0] == isHighBetween
                ? [(sides[0], sides[1]), (sides[2], sides[3])]
                : [(sides[3], sides[0]), (sides[1], sides[2])]
        default: return []
        }
    }

    /// Where the line crosses a side.
    private func point(_ side: Side, _ level: Double) -> Point {
        let (row, column) = (side.row, side.column)
        let start = grid.values[row][column]
        let end = side.isUpward ? grid.values[row + 1][column] : grid.values[row][column + 1]
        let share = (level - start) / (end - start)
        func between(_ a: Double, _ b: Double) -> Double { a + (b - a) * share }
        return side.isUpward
            ? (grid.x[column], between(grid.y[row], grid.y[row + 1]))
            : (between(grid.x[column], grid.x[column + 1]), grid.y[row])
    }

    /// Sides that are joined, one after the other; a ring ends where it begins.
    private func chains(_ neighbours: [Side: [Side]]) -> [[Side]] {
        func isBefore(_ a: Side, _ b: Side) -> Bool {
            (a.row, a.column, a.isUpward ? 1 : 0) < (b.row, b.column, b.isUpward ? 1 : 0)
        }
        let sides = neighbours.keys.sorted(by: isBefore)
        var seen: Set<Side> = []
        var chains: [[Side]] = []
        // Lines from end to end first, then the rings that are left.
        for ends in [true, false] {
            for start in sides where !seen.contains(start) {
                guard !ends || neighbours[start]?.count == 1 else { continue }
                var chain = [start]
                seen.insert(start)
                while let next = neighbours[chain[chain.count - 1]]?.first(where: {
                    !seen.contains($0)
                }) {
                    chain.append(next)
                    seen.insert(next)
                }
                if !ends, chain.count > 2 { chain.append(start) }
                chains.append(chain)
            }
        }
        return chains
    }
}
