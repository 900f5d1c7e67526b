// Operators as functions.
print([1, 2, 3].reduce(0, +), [1, 2, 3].reduce(1, *), [5, 2].reduce(20, -)) // expect: 6 6 13
print([3, 1, 2].sorted(by: >), [3, 1, 2].sorted(by: <), ["a", "b"].reduce("", +)) // expect: [3, 2, 1] [1, 2, 3] ab
print(zip([1, 2], [3, 4]).map(*), zip([1.5], [2.0]).map(+)) // expect: [3, 8] [3.5]
let combine: (Int, Int) -> Int = (+)
print(combine(2, 3)) // expect: 5
func apply(_ f: (Double, Double) -> Double, _ a: Double, _ b: Double) -> Double { f(a, b) }
print(apply(*, 2, 3), apply(/, 1, 4), apply(max, 1, 2)) // expect: 6.0 0.25 2.0
print([[1], [2, 3]].reduce([], +), [true, false].reduce(true) { $0 && $1 }) // expect: [1, 2, 3] false
print([1, 2, 3].max(by: <)!, [1, 2] .min(by: >)!) // expect: 3 2
