// Reading numbers and pairs out of text.
func parse(_ text: String) -> [String: Int] {
    var result: [String: Int] = [:]
    for part in text.split(separator: ";") {
        let pair = part.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
        guard pair.count == 2, let n = Int(pair[1]) else { continue }
        result[pair[0]] = n
    }
    return result
}
let d = parse("a = 1; b=22 ;c; d = x; e = -5")
print(d.sorted { $0.key < $1.key }.map { "\($0.key)\($0.value)" }, d.count) // expect: ["a1", "b22", "e-5"] 3
var digits = "", total = 0
for c in "12+30+4" { if c.isNumber { digits.append(c) } else { total += Int(digits) ?? 0; digits = "" } }
total += Int(digits)!
print(total) // expect: 46
let time = "08:45".split(separator: ":").compactMap { Int($0) }
print(time[0] * 60 + time[1], Double("3.5e2")!, "7".first!.wholeNumberValue! + 1) // expect: 525 350.0 8
let s = "key: value"
if let colon = s.firstIndex(of: ":") {
    let key = s[..<colon], value = s[s.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    print(key, value, key.count)
}
// expect: key value 3
