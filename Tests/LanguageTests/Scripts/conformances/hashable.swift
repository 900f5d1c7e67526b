struct Key: Hashable { var name: String; var index: Int? }
var table: [Key: [Int]] = [:]
table[Key(name: "a", index: 1), default: []].append(1)
table[Key(name: "a", index: nil), default: []].append(2)
table[Key(name: "a", index: 1), default: []].append(3)
print(table[Key(name: "a", index: 1)] ?? [], table.count, table[Key(name: "b")] == nil)
let keys = Set(table.keys)
print(keys.contains(Key(name: "a", index: nil)), keys.isSuperset(of: [Key(name: "a", index: 1)]))
print(Key(name: "q", index: 2).hashValue == Key(name: "q", index: 2).hashValue)
// expect: [1, 3] 2 true
// expect: true true
// expect: true
