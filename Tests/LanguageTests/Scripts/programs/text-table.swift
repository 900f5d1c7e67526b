// Padding and aligning text.
func pad(_ s: String, _ n: Int, left: Bool = false) -> String {
    let gap = String(repeating: " ", count: max(0, n - s.count))
    return left ? gap + s : s + gap
}
let rows = [("apple", 3, 1.5), ("fig", 12, 0.25)]
for (name, n, price) in rows { print("|" + pad(name, 6) + "|" + pad("\(n)", 3, left: true) + "|" + pad(String(price), 5, left: true) + "|") }
// expect: |apple |  3|  1.5|
// expect: |fig   | 12| 0.25|
let width = rows.map { $0.0.count }.max()!
print(width, rows.map { $0.2 * Double($0.1) }.reduce(0, +)) // expect: 5 7.5
func thousands(_ n: Int) -> String {
    var digits = Array(String(n)), out: [Character] = [], i = 0
    while let d = digits.popLast() { if i > 0 && i % 3 == 0 { out.append(",") }; out.append(d); i += 1 }
    return String(out.reversed())
}
print(thousands(1234567), thousands(12), thousands(123456)) // expect: 1,234,567 12 123,456
