enum Mode { case a, b }
let m = Mode.b
// cell
enum Mode: String, CaseIterable { case a, b, c }
print(Mode.allCases.count, Mode(rawValue: "c") == .c) // expect: 3 true
// expect warning: m still uses the earlier Mode: run In [1] again
print(m) // expect: b
