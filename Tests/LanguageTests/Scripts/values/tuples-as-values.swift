// Tuples in arrays, dictionaries, closures and switch.
let points = [(x: 1, y: 2), (x: -1, y: 5), (x: 0, y: 0)]
print(points.map { $0.x + $0.y }, points.filter { $0.x >= 0 }.count, points.max { $0.y < $1.y }!) // expect: [3, 4, 0] 2 (x: -1, y: 5)
var best: (name: String, score: Int)? = nil
for entry in [("a", 3), ("b", 7), ("c", 5)] where entry.1 > best?.score ?? 0 { best = (entry.0, entry.1) }
print(best!, best!.name) // expect: (name: "b", score: 7) b
let table: [String: (Int, String)] = ["k": (1, "one")]
print(table["k"]!.1, table["k"]?.0 ?? 0) // expect: one 1
func divide(_ a: Int, by b: Int) -> (q: Int, r: Int) { (a / b, a % b) }
let result = divide(17, by: 5)
print(result, result.q, (result.0, result.1) == (3, 2)) // expect: (q: 3, r: 2) 3 true
let ((a, b), c) = ((1, "two"), 3.0)
print(a, b, c) // expect: 1 two 3.0
let nested = (point: (x: 1, y: 2), name: "p")
print(nested, nested.point.x, nested.name) // expect: (point: (x: 1, y: 2), name: "p") 1 p
let swapped = [(1, "a"), (2, "b")].map { ($1, $0) }
print(swapped, swapped[0].0) // expect: [("a", 1), ("b", 2)] a
var t = (0, [1])
t.1.append(2); t.0 -= 1
print(t) // expect: (-1, [1, 2])
