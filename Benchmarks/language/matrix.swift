// Nested loops over arrays of arrays: fill, multiply, transpose in place, trace.
func matrix(_ n: Int, _ seed: Double) -> [[Double]] {
    var m = Array(repeating: Array(repeating: 0.0, count: n), count: n)
    for i in 0..<n {
        for j in 0..<n { m[i][j] = seed * Double(i - j) * Double(i + j) }
    }
    return m
}

func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    let n = a.count
    var c = Array(repeating: Array(repeating: 0.0, count: n), count: n)
    for i in 0..<n {
        for j in 0..<n {
            var sum = 0.0
            for k in 0..<n { sum += a[i][k] * b[k][j] }
            c[i][j] = sum
        }
    }
    return c
}

let n = 110
let a = matrix(n, 1.0 / Double(n))
let b = matrix(n, 2.0 / Double(n))
var c = product(a, b)
for round in 0..<20 {
    for i in 0..<n {
        for j in 0..<i {
            let kept = c[i][j]
            c[i][j] = c[j][i]
            c[j][i] = kept + Double(round)
        }
    }
}
var trace = 0.0
for i in 0..<n { trace += c[i][n - 1 - i] }
print(trace)
