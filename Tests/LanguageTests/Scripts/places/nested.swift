// Elements and stored properties change where they stand, however deep, and copies stay as they were.
struct Cell {
    var weights: [Double] = [1, 2]
    var counts: [String: Int] = [:]
}
struct Grid { var rows: [[Cell]] = [[Cell(), Cell()], [Cell()]] }
var grid = Grid()
let before = grid
grid.rows[0][1].weights[0] += 4
grid.rows[0][1].weights[1] *= -1
grid.rows[1][0].counts["a", default: 10] += 1
grid.rows[1][0].counts["a", default: 0] -= 5
grid.rows[1][0].counts["b"] = 2
grid.rows[0][0].weights.append(9)
print(grid.rows[0][1].weights, grid.rows[0][0].weights)  // expect: [5.0, -2.0] [1.0, 2.0, 9.0]
print(grid.rows[1][0].counts["a"]!, grid.rows[1][0].counts["b"] ?? 0)  // expect: 6 2
print(before.rows[0][1].weights, before.rows[0][0].weights)  // expect: [1.0, 2.0] [1.0, 2.0]
print(before.rows[1][0].counts.isEmpty)  // expect: true
var copy = grid.rows[0]
copy[0].weights[0] = 100
print(copy[0].weights[0], grid.rows[0][0].weights[0])  // expect: 100.0 1.0
