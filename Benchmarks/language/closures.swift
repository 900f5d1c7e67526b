// map, filter, reduce and sorted with closures; closures that capture a variable.
func pipeline(_ count: Int) -> Int {
    let squares = (0..<count).map { $0 * $0 % 1_000 }
    let even = squares.filter { $0 % 2 == 0 }
    return even.reduce(0) { $0 + $1 }
}

func counter(_ step: Int) -> () -> Int {
    var value = 0
    return {
        value += step
        return value
    }
}

func compose(_ f: @escaping (Int) -> Int, _ g: @escaping (Int) -> Int) -> (Int) -> Int {
    return { g(f($0)) }
}

var total = 0
for _ in 0..<5 { total += pipeline(100_000) }
let next = counter(3)
for _ in 0..<200_000 { total += next() }
let both = compose({ $0 + 1 }, { $0 * 2 })
for i in 0..<200_000 { total += both(i) }
let names = (0..<20_000).map { ($0 * 7_919) % 10_007 }
let ordered = names.sorted { $0 > $1 }
print(total, ordered[0], ordered[100])
