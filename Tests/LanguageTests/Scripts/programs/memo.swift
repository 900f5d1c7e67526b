// Remembering results in captured dictionaries.
func memoized(_ f: @escaping ((Int) -> Int, Int) -> Int) -> (Int) -> Int {
    var cache: [Int: Int] = [:]
    var result: (Int) -> Int = { _ in 0 }
    result = { n in
        if let known = cache[n] { return known }
        let value = f(result, n)
        cache[n] = value
        return value
    }
    return result
}
let fib = memoized { self_, n in n < 2 ? n : self_(n - 1) + self_(n - 2) }
print(fib(80), fib(10)) // expect: 23416728348467685 55
var calls = 0
let slow = { (n: Int) -> Int in calls += 1; return n * n }
var known: [Int: Int] = [:]
func fast(_ n: Int) -> Int {
    if let v = known[n] { return v }
    let v = slow(n)
    known[n] = v
    return v
}
print([3, 4, 3, 3].map(fast), calls) // expect: [9, 16, 9, 9] 2
