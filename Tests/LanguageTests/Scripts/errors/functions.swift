// Mistakes in calls.
func f(_ n: Int, by k: Int = 1) -> Int { n * k }
print(f(1, 2)) // expect error: needs its label 'by:'
// ---
func f(_ n: inout Int) { n += 1 }
var x = 1
f(x) // expect error: write &x
// ---
func f(_ n: inout Int) { n += 1 }
let x = 1
f(&x) // expect error: 'x' is a constant
// ---
let f: (Int) -> Int = { $0 }
print(f(1, 2)) // expect error: takes 1 argument, got 2
// ---
func f() -> Int { if 1 > 2 { return 1 } } // expect error: may reach its end without returning Int
// ---
let f: (Int, Int) -> Int = { $0 } // expect error: uses 1 of its 2 parameters
// ---
var fs = [1, 2].map { n in n + "a" } // expect error: cannot apply '+'
// ---
let c = { [weak x] in 1 } // expect error: is not part of this language
// ---
func down(_ n: Int) -> Int { down(n + 1) }
down(0) // expect error: recursion deeper than
// ---
let f: (inout Int) -> Void = { $0 += 1 }
var n = 1
f(n) // expect error: write &n
