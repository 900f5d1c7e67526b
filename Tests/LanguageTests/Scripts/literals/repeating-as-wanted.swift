// What an array of Doubles is filled with is a Double.
let n = 3
let zeros: [Double] = Array(repeating: 0, count: n)
print(zeros) // expect: [0.0, 0.0, 0.0]
func total(_ values: [Double]) -> Double { values.reduce(0, +) }
print(total(Array(repeating: 1, count: n))) // expect: 3.0
var grid: [[Double]] = Array(repeating: Array(repeating: 0, count: 2), count: 2)
grid[0][1] = 1.5
print(grid) // expect: [[0.0, 1.5], [0.0, 0.0]]
struct Sums { var values: [Double] = Array(repeating: 0, count: 2) }
print(Sums().values) // expect: [0.0, 0.0]
print([Double](repeating: 0, count: 2)) // expect: [0.0, 0.0]
print([Float](repeating: 1, count: 1)) // expect: [1.0]
print(Set<Double>([1, 2]).contains(1.0)) // expect: true
print(Array<Double>(repeating: 2, count: 1)) // expect: [2.0]
let some: [Double]? = Array(repeating: 1, count: 1)
print(some ?? []) // expect: [1.0]
print(Array(repeating: 0, count: 2)) // expect: [0, 0]
// ---
let n = 3
let values = [Double](repeating: n, count: 2) // expect error: expected Double, got Int
