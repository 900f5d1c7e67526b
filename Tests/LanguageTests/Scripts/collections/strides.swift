// stride in both directions, with and without its end.
print(stride(from: 0, to: 10, by: 4).map { $0 }, Array(stride(from: 0, through: 8, by: 4))) // expect: [0, 4, 8] [0, 4, 8]
print(Array(stride(from: 3, to: 0, by: -1)), Array(stride(from: 5, to: 0, by: 1))) // expect: [3, 2, 1] []
print(Array(stride(from: 0.0, to: 1.0, by: 0.25)), stride(from: 1, through: 2, by: 0.5).map { $0 }) // expect: [0.0, 0.25, 0.5, 0.75] [1.0, 1.5, 2.0]
for x in stride(from: 1.0, through: 2.0, by: 0.5) { print(x, terminator: " ") }
print() // expect: 1.0 1.5 2.0 
print(stride(from: 0, to: 100, by: 10).reduce(0, +), stride(from: 0, to: 6, by: 2).contains(4)) // expect: 450 true
let n = 3
for i in stride(from: n - 1, through: 0, by: -1) { print(i, terminator: "") }
print() // expect: 210
