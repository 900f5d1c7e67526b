func g() -> String { "old" }
func f() -> String { g() + "!" }
print(f()) // expect: old!
// cell
func g() -> String { "new" } // expect warning: f still uses the earlier g: run In [1] again
print(f(), g()) // expect: old! new
// cell
func f() -> String { g() + "?" }
print(f()) // expect: new?
