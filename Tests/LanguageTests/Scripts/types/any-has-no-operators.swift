// Of what is declared as Any nothing is known; `as` says what it is.
let x: Any = 1
print((x as! Int) + 1) // expect: 2
func twice(_ value: Any) -> Int { (value as? Int ?? 0) * 2 }
print(twice(4), twice("a")) // expect: 8 0
// ---
let x: Any = 1
print(x + 1) // expect error: cannot apply '+' to Any and Int
// ---
func twice(_ value: Any) -> Int {
    value * 2 // expect error: cannot apply '*' to Any and Int
}
// ---
let x: Any = 1
print(x == 1) // expect error: cannot apply '==' to Any and Int
