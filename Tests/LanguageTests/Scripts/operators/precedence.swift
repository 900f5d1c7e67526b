// Swift's precedences.
print(1 + 2 * 3 - 4 / 2, 2 + 3 << 1, 1 << 2 + 1) // expect: 5 8 5
print(1 | 2 & 3, 5 & 3 ^ 1, 1 + 2 == 3 && 4 > 3 || false) // expect: 3 0 true
print(true ? 1 : 2 + 10, false ? 1 : true ? 2 : 3) // expect: 1 2
let n: Int? = nil
print(n ?? 1 + 2, (n ?? 1) + 2, n ?? 2 > 1 ? "yes" : "no") // expect: 3 3 yes
print(-2 * -3, !true == false, ~1 + 1) // expect: 6 true -1
print((1...3).contains(2) && !(4...6).contains(2)) // expect: true
let r = 1 + 1..<2 * 5
print(r) // expect: 2..<10
