// if and else, chains of conditions.
func size(_ n: Int) -> String {
    if n < 0 { return "negative" }
    else if n == 0 { return "zero" }
    else if n < 10, n != 5 { return "small" }
    else { return "other" }
}
print(size(-1), size(0), size(3), size(5), size(50)) // expect: negative zero small other other
let x = 4
if x > 3 { if x > 5 { print("deep") } else { print("shallow") } } // expect: shallow
if case 1...5 = x { print("in range") } // expect: in range
if case (let a, 2) = (1, 2), a == 1 { print("pair", a) } // expect: pair 1
if !(x == 4) {} else { print("four") } // expect: four
if x > 0, let y = Int("7"), case 5...9 = y { print(y) } // expect: 7
