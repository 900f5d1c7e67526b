// Sets and their algebra.
var s: Set = [1, 2, 2, 3]
print(s.count, s.contains(2), s.sorted(), s.isEmpty) // expect: 3 true [1, 2, 3] false
print(s.insert(4).inserted, s.insert(1).inserted, s.remove(2)!, s.remove(99) == nil, s.sorted()) // expect: true false 2 true [1, 3, 4]
let t: Set<Int> = [3, 4, 5]
print(s.union(t).sorted(), s.intersection(t).sorted(), s.subtracting(t).sorted(), s.symmetricDifference(t).sorted()) // expect: [1, 3, 4, 5] [3, 4] [1] [1, 5]
print(s.isSubset(of: [1, 3, 4, 9]), s.isSuperset(of: [1]), s.isDisjoint(with: [7]), t == [5, 4, 3], s.isStrictSubset(of: s)) // expect: true true true true false
s.formUnion([10]); s.subtract([1])
print(s.sorted(), s.map { $0 * 2 }.sorted(), s.filter { $0 > 3 }.count, s.reduce(0, +), s.min()!) // expect: [3, 4, 10] [6, 8, 20] 2 17 3
s.formIntersection([3, 10, 11])
print(s.sorted(), Set("hello").count, Set([1, 2]).union([9]).count, Array(Set([5])), Set((1...3).map { $0 % 2 }).count) // expect: [3, 10] 4 3 [5] 2
for x in s.sorted() { print(x, terminator: " ") }
print() // expect: 3 10 
var seen = Set<String>()
print(["a", "b", "a"].filter { seen.insert($0).inserted }) // expect: ["a", "b"]
s.removeAll()
print(s, s.isEmpty, s.first == nil) // expect: [] true true
