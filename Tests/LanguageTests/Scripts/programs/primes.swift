// A sieve, trial division and factors.
func sieve(_ n: Int) -> [Int] {
    var composite = [Bool](repeating: false, count: n + 1)
    for i in 2...n where !composite[i] && i * i <= n {
        for j in stride(from: i * i, through: n, by: i) { composite[j] = true }
    }
    return (2...n).filter { !composite[$0] }
}
print(sieve(50)) // expect: [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47]
func factors(_ n: Int) -> [Int] {
    var n = n, result: [Int] = [], p = 2
    while p * p <= n { while n % p == 0 { result.append(p); n /= p }; p += 1 }
    if n > 1 { result.append(n) }
    return result
}
print(factors(360), factors(97), factors(1001)) // expect: [2, 2, 2, 3, 3, 5] [97] [7, 11, 13]
func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? a : gcd(b, a % b) }
print(gcd(48, 36), [12, 18, 24].reduce(0, gcd)) // expect: 12 6
let perfect = (2...500).filter { n in (1..<n).filter { n % $0 == 0 }.reduce(0, +) == n }
print(perfect) // expect: [6, 28, 496]
