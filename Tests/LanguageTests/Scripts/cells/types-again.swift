struct P { var x = 1 }
var p = P()
func show(_ p: P) -> Int { p.x }
print(show(p)) // expect: 1
// cell
struct P { var x = 10; var y = 20 } // expect warning: show still uses the earlier P: run In [1] again
// expect warning: p still uses the earlier P: run In [1] again
print(P(), p, show(p)) // expect: P(x: 10, y: 20) P(x: 1) 1
// cell
print(show(P())) // expect error: expected P, got P
