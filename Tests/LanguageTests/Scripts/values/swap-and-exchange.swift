struct Pair { var a: [Int]; var b: [Int]
    mutating func flip() { swap(&a, &b) }
}
var pair = Pair(a: [1], b: [2, 3])
pair.flip()
print(pair.a, pair.b)
var x = 1, y = 2
swap(&x, &y)
print(x, y)
(x, y) = (y, x)
print(x, y)
var words = ["a", "b", "c"]
words.swapAt(0, 2)
print(words)
// expect: [2, 3] [1]
// expect: 2 1
// expect: 1 2
// expect: ["c", "b", "a"]
