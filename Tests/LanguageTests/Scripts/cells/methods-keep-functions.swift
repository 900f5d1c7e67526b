let k = 3
struct Scale { func apply(_ x: Int) -> Int { x * k } }
print(Scale().apply(2)) // expect: 6
// cell
let k = 100 // expect warning: Scale still uses the earlier k: run In [1] again
print(Scale().apply(2)) // expect: 6
