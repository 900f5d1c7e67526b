struct Primes {
    let values: [Int]
    let largest: Int
    var calls = 0
    init(upTo limit: Int) {
        var found: [Int] = []
        for n in 2...limit where !found.contains(where: { n % $0 == 0 }) { found.append(n) }
        values = found
        largest = found[found.count - 1]
    }
}
let primes = Primes(upTo: 20)
print(primes.values, primes.largest, primes.calls)
// expect: [2, 3, 5, 7, 11, 13, 17, 19] 19 0
