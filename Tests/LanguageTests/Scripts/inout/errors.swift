func f(_ n: inout Int) { n += 1 }
let k = 1
f(&k) // expect error: 'k' is a constant, but it is passed with &
// ---
func f(_ n: inout Int) { n += 1 }
var k = 1
f(k) // expect error: write &k
// ---
func f(_ n: inout Int) { n += 1 }
f(&3) // expect error: a value that stands in no variable cannot change
// ---
func f(_ a: inout [Int], _ b: inout [Int]) { a += b }
var list = [1]
f(&list, &list) // expect error: overlapping changes
// ---
var list = [1, 2]
swap(&list[0], &list[1]) // expect error: use swapAt
// ---
struct S { var x = 1; mutating func take(_ other: inout S) { x += other.x } }
var s = S()
s.take(&s) // expect error: overlapping changes
// ---
func f(_ n: Int) { n = 2 } // expect error: copy it first: var n = n
f(1)
// ---
var a = 1, b = 2.0
swap(&a, &b) // expect error: swap: expected Int, got Double
// ---
func f(_ n: inout Int) { n += 1 }
var text = "1"
f(&text) // expect error: expected Int, got String
