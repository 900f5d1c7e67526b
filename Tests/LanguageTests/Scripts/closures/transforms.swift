// map, filter, reduce and their like with closures on the spot, which see and change what is outside.
let offset = 100
var seen = 0
let values = [3, 1, 2]
let mapped = values.map { (x: Int) -> Double in
    seen += x
    return Double(x + offset) / 2
}
print(mapped, seen)  // expect: [51.5, 50.5, 51.0] 6
print(values.filter { $0 != 1 }, (1...4).filter { $0 % 2 == 0 })  // expect: [3, 2] [2, 4]
print(values.reduce(0) { $0 * 10 + $1 }, values.reduce(1, *), [0.5, 0.25].reduce(0.0, +))  // expect: 312 6 0.75
print(values.reduce("") { $0 + String($1) }, values.reduce(0, -))  // expect: 312 -6
print(["1", "x", "2"].compactMap { Int($0) }, (0..<3).map { "\($0)" })  // expect: [1, 2] ["0", "1", "2"]
values.forEach { seen += $0 }
print(seen, values.contains { $0 > 2 }, values.contains { $0 > 3 })  // expect: 12 true false
print(values.allSatisfy { $0 > 0 }, values.allSatisfy { $0 > 1 })  // expect: true false
let grid = (0..<2).map { row in (0..<2).map { column in row * 10 + column } }
print(grid, grid.map { $0.reduce(0, +) })  // expect: [[0, 1], [10, 11]] [1, 21]
let none: [Int] = []
print(none.map { $0 + 1 }, none.reduce(5) { $0 + $1 }, none.allSatisfy { $0 > 9 })  // expect: [] 5 true
enum Failure: Error { case odd }
do {
    print(
        try values.map { (x: Int) throws -> Int in
            if x == 1 { throw Failure.odd }
            return x
        })
} catch { print(error) }  // expect: odd
