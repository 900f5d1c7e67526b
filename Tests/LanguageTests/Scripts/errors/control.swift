// Mistakes in control flow.
break // expect error: 'break' belongs inside a loop or switch
// ---
if true { continue } // expect error: 'continue' belongs inside a loop
// ---
a: for i in 0..<2 { continue b } // expect error: there is no loop labelled 'b' here
// ---
work: do { continue work } // expect error: 'continue' needs the label of a loop
// ---
func f(_ n: Int?) { guard let n else { print(1) }; print(n) } // expect error: must leave with return
// ---
return 5 // expect error: 'return' belongs inside a function
// ---
let v = if 1 > 2 { 3 } // expect error: needs an else
// ---
let v = if 1 > 2 { 3 } else { "a" } // expect error: expected Int, got String
// ---
for i in 5 { print(i) } // expect error: count with a range: 0..<5
// ---
while 1 { print(1) } // expect error: expected Bool, got Int
// ---
let x = 1
x += 1 // expect error: declare it with var x
// ---
switch 1 { case 1: fallthrough } // expect error: does not handle every value of Int
