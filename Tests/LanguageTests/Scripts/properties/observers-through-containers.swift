struct Cell { var value = 0 { didSet { print("cell", oldValue, value) } } }
struct Grid { var cells = [Cell(), Cell()]; var named: [String: Cell] = [:] }
var grid = Grid()
grid.cells[1].value = 7
grid.named["a"] = Cell(value: 1)
grid.named["a"]?.value += 1
for i in grid.cells.indices { grid.cells[i].value += 1 }
print(grid.cells.map { $0.value }, grid.named["a"]?.value ?? 0)
// expect: cell 0 7
// expect: cell 1 2
// expect: cell 0 1
// expect: cell 7 8
// expect: [1, 8] 2
