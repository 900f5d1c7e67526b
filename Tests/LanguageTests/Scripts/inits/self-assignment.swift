struct Pair {
    var a: Int, b: Int
    init(a: Int, b: Int) {
        self.a = a
        self.b = b
    }
    init(copying other: Pair, swapped: Bool) {
        self = other
        if swapped { swap(&a, &b) }
    }
}
let pair = Pair(a: 1, b: 2)
print(Pair(copying: pair, swapped: true), pair)
// expect: Pair(a: 2, b: 1) Pair(a: 1, b: 2)
