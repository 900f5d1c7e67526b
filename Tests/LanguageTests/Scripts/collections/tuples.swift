// Tuples: labels, positions, comparison, taking apart.
let p = (x: 1, y: 2.5)
print(p, p.x, p.1, p.y * 2) // expect: (x: 1, y: 2.5) 1 2.5 5.0
var t = (1, "a", true)
t.0 = 5; t.1 += "b"
print(t, t.2) // expect: (5, "ab", true) true
let (a, (b, c)) = (1, (2, 3))
let (first, _) = ("kept", "dropped")
print(a + b + c, first) // expect: 6 kept
func minMax(_ v: [Int]) -> (min: Int, max: Int)? { v.isEmpty ? nil : (v.min()!, v.max()!) }
if let (low, high) = minMax([3, 1, 2]) { print(low, high) } // expect: 1 3
print(minMax([5])!.max, minMax([]) == nil, minMax([4, 2])!) // expect: 5 true (min: 2, max: 4)
var x = 1, y = 2
(x, y) = (y, x)
swap(&x, &y)
print(x, y, (1, 2) == (1, 2), (1, "b") < (1, "c")) // expect: 1 2 true true
let pairs = [(1, "one"), (2, "two")]
for (n, name) in pairs { print(n, name, terminator: " ") }
print(pairs.map { $0.1 }, pairs.map { n, name in "\(n)\(name)" }) // expect: 1 one 2 two ["one", "two"] ["1one", "2two"]
let labelled: (a: Int, b: Int) = (3, 4)
let plain: (Int, Int) = labelled
print(labelled, plain, labelled == plain) // expect: (a: 3, b: 4) (3, 4) true
