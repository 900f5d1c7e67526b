let rate = 2
func price(_ n: Int) -> Int { n * rate }
print(price(5)) // expect: 10
// cell
let rate = 3 // expect warning: price still uses the earlier rate: run In [1] again
print(price(5), rate) // expect: 10 3
// cell
func price(_ n: Int) -> Int { n * rate }
print(price(5)) // expect: 15
