// Numbers by chance stay inside their ranges.
for _ in 0..<100 {
    assert((1...6).contains(Int.random(in: 1...6)))
    assert((0..<3).contains(Int.random(in: 0..<3)))
    assert((-1.0...1.0).contains(Double.random(in: -1...1)))
}
print([1, 2, 3].shuffled().sorted(), [7].randomElement()!, [Int]().randomElement() == nil) // expect: [1, 2, 3] 7 true
print([true, false].contains(Bool.random())) // expect: true
var a = Array(0..<20)
a.shuffle()
print(a.sorted() == Array(0..<20), Set((0..<50).map { _ in Int.random(in: 0...1) }).count) // expect: true 2
