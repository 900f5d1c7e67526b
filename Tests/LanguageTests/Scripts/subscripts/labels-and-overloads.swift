struct Grid {
    var cells: [[Int]]
    subscript(row: Int, column: Int) -> Int {
        get { cells[row][column] }
        set { cells[row][column] = newValue }
    }
    subscript(row r: Int) -> [Int] { cells[r] }
    subscript(column c: Int) -> [Int] { cells.map { $0[c] } }
    subscript(at point: (Int, Int), default fallback: Int) -> Int {
        guard cells.indices.contains(point.0), cells[point.0].indices.contains(point.1) else { return fallback }
        return cells[point.0][point.1]
    }
}
var grid = Grid(cells: [[1, 2], [3, 4]])
grid[0, 1] = 20
grid[1, 1] += 5
print(grid[0, 1], grid[row: 1], grid[column: 1], grid[at: (5, 5), default: -1])
grid.cells.swapAt(0, 1)
print(grid.cells)
// expect: 20 [3, 9] [20, 9] -1
// expect: [[3, 9], [1, 20]]
