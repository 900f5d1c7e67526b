// The game of life on a torus.
func step(_ g: [[Bool]]) -> [[Bool]] {
    let h = g.count, w = g[0].count
    return (0..<h).map { y in
        (0..<w).map { x in
            var n = 0
            for dy in -1...1 { for dx in -1...1 where dx != 0 || dy != 0 { if g[(y + dy + h) % h][(x + dx + w) % w] { n += 1 } } }
            return n == 3 || (n == 2 && g[y][x])
        }
    }
}
var grid = Array(repeating: Array(repeating: false, count: 5), count: 5)
for (x, y) in [(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)] { grid[y][x] = true }
for _ in 0..<4 { grid = step(grid) }
for row in grid { print(row.map { $0 ? "#" : "." }.joined()) }
// expect: .....
// expect: ..#..
// expect: ...#.
// expect: .###.
// expect: .....
print(grid.joined().filter { $0 }.count) // expect: 5
