// Mistakes with collections are errors that say what is there.
let a = [1, 2, 3]
print(a[3]) // expect error: index 3 is out of range: expected 0...2
// ---
let a = [1, 2, 3]
print(a[-1]) // expect error: count from the end with array[array.count - 1]
// ---
var a: [Int] = []
a.removeLast() // expect error: removeLast: there are no elements
// ---
var a = [1]
a.remove(at: 4) // expect error: index 4 is out of range
// ---
var a = [1]
a.insert(2, at: 3) // expect error: index 3 is out of range
// ---
let s = [10, 20, 30][1...]
print(s[0]) // expect error: this slice has the indices 1..<3 of its array
// ---
print([1, 2, 3][1...5]) // expect error: range 1...5 is out of bounds
// ---
let d = ["a": 1]
print(d["b"]!) // expect error: found nil while unwrapping
// ---
let d = ["a": 1, "a": 2] // expect error: has the key "a" twice
// ---
print(Dictionary(uniqueKeysWithValues: [(1, 2), (1, 3)])) // expect error: the key 1 comes twice
// ---
let a = [1, 2]
print(a.prefix(-1)) // expect error: the number of elements is negative
// ---
let total: [Int] = [1, 2, 3][0...1] // expect error: convert it with Array(
// ---
for i in (1...).map({ $0 }) { print(i) } // expect error: a range of Int with two ends
