// Dictionaries made from sequences, and nested ones.
let words = ["apple", "avocado", "banana", "cherry", "cranberry"]
let byLetter = Dictionary(grouping: words) { $0.first! }
print(byLetter["a"]!, byLetter["c"]!.count, byLetter.count) // expect: ["apple", "avocado"] 2 3
print(Dictionary(uniqueKeysWithValues: zip(["x", "y"], [1, 2]))["y"]!) // expect: 2
print(Dictionary([("a", 1), ("b", 2), ("a", 3)], uniquingKeysWith: +)["a"]!) // expect: 4
var counts: [Character: Int] = [:]
for c in "banana" { counts[c, default: 0] += 1 }
print(counts.sorted { $0.key < $1.key }.map { "\($0.key)\($0.value)" }) // expect: ["a3", "b1", "n2"]
var graph: [Int: [Int]] = [:]
graph[1, default: []].append(2)
graph[1, default: []].append(3)
graph[2] = [1]
print(graph[1]!, graph[2]!, graph[3] ?? []) // expect: [2, 3] [1] []
var deep: [String: [String: Int]] = [:]
deep["a", default: [:]]["b"] = 1
deep["a"]?["c"] = 2
print(deep["a"]!["b"]!, deep["a"]?["c"] ?? 0, deep["x"]?["y"] ?? -1) // expect: 1 2 -1
print(["a": "1", "b": "x"].compactMapValues { Int($0) }) // expect: ["a": 1]
let squares = (1...3).reduce(into: [:]) { $0[$1] = $1 * $1 } as [Int: Int]
print(squares[3]!, words.reduce(into: [Int: Int]()) { $0[$1.count, default: 0] += 1 }[6]!) // expect: 9 2
