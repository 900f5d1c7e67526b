// Equality and hashing of nested values.
print([[1], [2]] == [[1], [2]], ["a": [1]] == ["a": [1]], (1, "a", true) == (1, "a", true)) // expect: true true true
let a: [Int?] = [1, nil], b: [Int?] = [1, nil]
print(a == b, Set([[1, 2], [1, 2], [3]]).count, ["x": 1] != ["x": 2]) // expect: true 2 true
struct P: Hashable { var x: Int, y: Int }
print(P(x: 1, y: 2) == P(x: 1, y: 2), Set([P(x: 1, y: 1), P(x: 1, y: 1)]).count, [P(x: 0, y: 0): "o"][P(x: 0, y: 0)]!) // expect: true 1 o
print(Optional(1) == 1, Optional<Int>.none == nil, [1, 2, 3].contains(2), [P(x: 1, y: 1)].contains(P(x: 1, y: 1))) // expect: true true true true
print("abc" == "abc", Character("a") == "a", 1...3 == 1...3, (1..<3) == (1..<4)) // expect: true true true false
print(Set([1, 2, 3]) == Set([3, 2, 1]), [1, 2] == [2, 1].sorted(), "é" == "e\u{301}", 0.1 + 0.2 == 0.3) // expect: true true true false
