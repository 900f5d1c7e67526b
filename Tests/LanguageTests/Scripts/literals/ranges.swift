// Ranges of each form, and what they hold.
print(0..<3, 1...4, (0..<3).count, (1...4).count) // expect: 0..<3 1...4 3 4
let half = 2..<5
print(half.lowerBound, half.upperBound, half.contains(5), half.isEmpty) // expect: 2 5 false false
let closed = 2...5
print(closed.lowerBound, closed.upperBound, closed.contains(5)) // expect: 2 5 true
print(Array(1...3), Array(0..<0)) // expect: [1, 2, 3] []
print((1...).contains(100), (...3).contains(4), (..<3).contains(2)) // expect: true false true
print((0.5...1.5).contains(1), (0.0..<1.0).contains(1.0)) // expect: true false
print((1...3).reversed().map { $0 * 10 }) // expect: [30, 20, 10]
print((1...10).filter { $0 % 3 == 0 }, (1...4).reduce(1, *)) // expect: [3, 6, 9] 24
for i in (1...3).reversed() { print(i, terminator: " ") }
print() // expect: 3 2 1 
print(stride(from: 0, to: 10, by: 3).map { $0 }, stride(from: 10, through: 0, by: -5).map { $0 }) // expect: [0, 3, 6, 9] [10, 5, 0]
print(stride(from: 0.0, through: 1.0, by: 0.25).map { $0 }) // expect: [0.0, 0.25, 0.5, 0.75, 1.0]
print((3...7).first!, (3...7).last!, (3..<3).first ?? -1) // expect: 3 7 -1
print((1...5).dropFirst(2).map { $0 }, Array((1...5).prefix(2)), Array((1...5).suffix(2))) // expect: [3, 4, 5] [1, 2] [4, 5]
