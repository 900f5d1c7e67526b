// Numbering and pairing elements.
for (i, x) in ["a", "b"].enumerated() { print(i, x, terminator: " ") }
print() // expect: 0 a 1 b 
print(["x", "y"].enumerated().map { "\($0.offset)\($0.element)" }, zip([1, 2, 3], ["a", "b"]).map { $0 }) // expect: ["0x", "1y"] [(1, "a"), (2, "b")]
print(Array(zip("ab", [true, false])), [5, 6].enumerated().filter { $0.element > 5 }.map { $0.offset }) // expect: [("a", true), ("b", false)] [1]
let best = [3, 9, 4].enumerated().max { $0.element < $1.element }!
print(best.offset, best.element) // expect: 1 9
print(["b", "a"].enumerated().sorted { $0.element < $1.element }.map { $0.offset }) // expect: [1, 0]
for (n, (a, b)) in zip([1, 2], [3, 4]).enumerated() { print(n, a, b, terminator: ";") }
print() // expect: 0 1 3;1 2 4;
