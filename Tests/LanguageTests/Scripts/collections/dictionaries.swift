// Dictionaries: reading, writing, counting.
var d = ["a": 1, "b": 2]
d["c"] = 3
d["a"] = nil
d["b"]! += 10
d["z", default: 100] += 1
print(d.count, d["b"]!, d["c"] ?? 0, d["a"] == nil, d["z"]!, d["q", default: -1], d.isEmpty) // expect: 3 12 3 true 101 -1 false
print(d.keys.sorted(), d.values.sorted(), d.keys.contains("b"), d["nope"] ?? 0) // expect: ["b", "c", "z"] [3, 12, 101] true 0
print(d.updateValue(5, forKey: "b")!, d.updateValue(1, forKey: "new") == nil, d.removeValue(forKey: "z")!, d.removeValue(forKey: "z") == nil)
// expect: 12 true 101 true
for (key, value) in d.sorted(by: { $0.key < $1.key }) { print(key, value, terminator: "; ") }
print() // expect: b 5; c 3; new 1; 
print(d.mapValues { $0 * 2 }["b"]!, d.filter { $0.value > 2 }.keys.sorted(), d.map { "\($0.key)" }.sorted()) // expect: 10 ["b", "c"] ["b", "c", "new"]
print(d.reduce(0) { $0 + $1.value }, d.contains { $0.value == 3 }, d.allSatisfy { $0.value > 0 }) // expect: 9 true true
print(d.merging(["b": 1, "x": 9]) { old, new in old + new }.sorted { $0.key < $1.key }.map { $0.value }) // expect: [6, 3, 1, 9]
d.merge(["c": 0]) { max($0, $1) }
print(d["c"]!, d.first { $0.key == "new" }!.value, d.min { $0.value < $1.value }!.key) // expect: 3 1 new
d.removeAll()
print(d, d.isEmpty, d == [:]) // expect: [:] true true
