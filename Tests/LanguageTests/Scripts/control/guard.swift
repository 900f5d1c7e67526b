// guard leaves early and binds for what follows.
func parse(_ text: String?) -> String {
    guard let text else { return "nil" }
    guard !text.isEmpty, let n = Int(text) else { return "not a number" }
    guard case 1...9 = n else { return "out of range" }
    return "digit \(n)"
}
print(parse(nil), parse(""), parse("x"), parse("50"), parse("7")) // expect: nil not a number not a number out of range digit 7
for i in 0..<5 {
    guard i % 2 == 0 else { continue }
    guard i < 4 else { break }
    print(i)
}
// expect: 0
// expect: 2
func first(_ a: [Int]) -> Int {
    guard let f = a.first, f > 0 else { return -1 }
    return f
}
print(first([]), first([-2]), first([3])) // expect: -1 -1 3
