func g() -> Int { 1 }
func f() -> Int { g() }
print(f()) // expect: 1
// cell
func g() -> Int { 2 }
func f() -> Int { g() * 10 }
print(f()) // expect: 20
