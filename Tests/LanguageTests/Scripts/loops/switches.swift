// Switches over numbers: values, ranges, several at once, bindings, conditions, falling through.
func kind(_ n: Int) -> String {
    switch n {
    case Int.min..<0: return "negative"
    case 0: return "zero"
    case 1, 2, 3: return "few"
    case 4...9: return "some"
    case 10..<100 where n % 10 == 0: return "tens"
    case let x where x > 1_000: return "many \(x)"
    case 50: fallthrough
    case 60: return "fifty or sixty"
    default: return "else"
    }
}
print(kind(-5), kind(0), kind(3), kind(9), kind(20), kind(2_000))  // expect: negative zero few some tens many 2000
print(kind(50), kind(55), kind(500))  // expect: tens else else
func size(_ x: Double) -> String {
    switch x {
    case ..<0.0: return "below"
    case 0.0...0.5: return "low"
    case 0.5..<1.0: return "high"
    default: return x.isNaN ? "none" : "above"
    }
}
print(size(-1), size(0.5), size(0.75), size(1), size(.nan))  // expect: below low high above none
switch (true, 2) {
case (false, _): print("no")
case (true, 1...3): print("yes")  // expect: yes
default: print("other")
}
