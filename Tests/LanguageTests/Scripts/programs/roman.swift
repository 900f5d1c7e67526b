// Numbers in other notations.
func roman(_ n: Int) -> String {
    let table = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    var n = n, out = ""
    for (value, text) in table { while n >= value { out += text; n -= value } }
    return out
}
print([1994, 2024, 4, 9].map(roman)) // expect: ["MCMXCIV", "MMXXIV", "IV", "IX"]
func binary(_ n: Int) -> String { n < 2 ? "\(n)" : binary(n / 2) + "\(n % 2)" }
print(binary(10), String(10, radix: 2), Int("1010", radix: 2)!, String(48879, radix: 16)) // expect: 1010 1010 10 beef
func digits(_ n: Int) -> [Int] { String(n).compactMap { $0.wholeNumberValue } }
print(digits(9045), digits(9045).reduce(0, +), digits(120).reversed().reduce(0) { $0 * 10 + $1 }) // expect: [9, 0, 4, 5] 18 21
func collatz(_ n: Int) -> Int { Array(sequence(first: n) { $0 == 1 ? nil : $0 % 2 == 0 ? $0 / 2 : 3 * $0 + 1 }).count }
print(collatz(27), (1...10).map(collatz)) // expect: 112 [1, 2, 8, 3, 6, 9, 17, 4, 20, 7]
