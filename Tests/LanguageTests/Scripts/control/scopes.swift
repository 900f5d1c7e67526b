// Blocks have scopes of their own; inner names hide outer ones.
let x = 1
do {
    let x = "inner"
    print(x)
}
// expect: inner
print(x) // expect: 1
for x in [10, 20] { print(x, terminator: " ") }
print(x) // expect: 10 20 1
if let x = Optional(5) { print(x) } // expect: 5
func f(_ x: Int) -> Int {
    var x = x
    x += 1
    do { let x = 100; _ = x }
    return x
}
print(f(1), x) // expect: 2 1
let values = [1, 2].map { x in x * 10 }
print(values, x) // expect: [10, 20] 1
