// Matrices as arrays of arrays.
func multiply(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    var c = [[Double]](repeating: [Double](repeating: 0, count: b[0].count), count: a.count)
    for i in 0..<a.count { for j in 0..<b[0].count { for k in 0..<b.count { c[i][j] += a[i][k] * b[k][j] } } }
    return c
}
let m: [[Double]] = [[1, 2], [3, 4]]
print(multiply(m, m), multiply(m, [[1, 0], [0, 1]]) == m) // expect: [[7.0, 10.0], [15.0, 22.0]] true
func transposed(_ a: [[Int]]) -> [[Int]] { a[0].indices.map { c in a.map { $0[c] } } }
print(transposed([[1, 2, 3], [4, 5, 6]])) // expect: [[1, 4], [2, 5], [3, 6]]
var board = Array(repeating: Array(repeating: ".", count: 3), count: 3)
board[1][1] = "X"; board[0][2] = "O"
for row in board { print(row.joined(separator: " ")) }
// expect: . . O
// expect: . X .
// expect: . . .
let total = [[1, 2], [3]].reduce(0) { $0 + $1.reduce(0, +) }
let flat = [[1, 2], [3]].flatMap { $0 }
print(total, flat, (0..<3).map { i in (0..<3).map { i == $0 ? 1 : 0 } }) // expect: 6 [1, 2, 3] [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
