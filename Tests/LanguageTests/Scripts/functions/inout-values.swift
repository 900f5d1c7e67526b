// Functions with inout parameters as values.
func bump(_ n: inout Int) { n += 1 }
let f: (inout Int) -> Void = bump
var x = 1
f(&x)
print(x) // expect: 2
let scale: (inout [Int], Int) -> Int = { list, k in
    for i in list.indices { list[i] *= k }
    return list.count
}
var a = [1, 2, 3]
print(scale(&a, 10), a) // expect: 3 [10, 20, 30]
func twice(_ change: (inout Int) -> Void, _ n: inout Int) { change(&n); change(&n) }
twice({ $0 *= 3 }, &x)
twice(bump, &x)
print(x) // expect: 20
print([1, 2, 3].reduce(into: [Int]()) { all, n in all.insert(n, at: 0) }) // expect: [3, 2, 1]
