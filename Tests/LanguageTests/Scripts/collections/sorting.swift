// Sorting, reversing and their in-place forms.
var a = [3, 1, 2]
print(a.sorted(), a.sorted(by: >), a.sorted { $0 > $1 }, Array(a.reversed())) // expect: [1, 2, 3] [3, 2, 1] [3, 2, 1] [2, 1, 3]
a.sort()
print(a) // expect: [1, 2, 3]
a.sort(by: >)
print(a) // expect: [3, 2, 1]
a.sort { $0 < $1 }
a.reverse()
print(a) // expect: [3, 2, 1]
let words = ["pear", "fig", "apple", "kiwi"]
print(words.sorted(), words.sorted { $0.count < $1.count }, words.sorted { ($0.count, $0) < ($1.count, $1) })
// expect: ["apple", "fig", "kiwi", "pear"] ["fig", "pear", "kiwi", "apple"] ["fig", "kiwi", "pear", "apple"]
print(words.min()!, words.max { $0.count < $1.count }!) // expect: apple apple
let people = [(name: "Ann", age: 30), (name: "Bob", age: 25)]
print(people.sorted { $0.age < $1.age }.map { $0.name }, people.max { $0.age < $1.age }!.name) // expect: ["Bob", "Ann"] Ann
print([2.5, -1, 3].sorted(), ["b": 1, "a": 2].sorted { $0.key < $1.key }.map { "\($0.key)\($0.value)" }) // expect: [-1.0, 2.5, 3.0] ["a2", "b1"]
var b = [5, 4, 3, 2, 1]
b[1..<4].sort()
print(b, b.partition { $0 > 3 }, b.count) // expect: [5, 2, 3, 4, 1] 3 5
