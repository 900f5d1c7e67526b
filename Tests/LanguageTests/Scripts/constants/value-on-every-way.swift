// What is declared without a value has one on every way before it is read.
let c = true
let x: Int
if c { x = 1 } else { x = 2 }
print(x) // expect: 1
func sign(_ n: Int) -> String {
    let text: String
    switch n {
    case 0: text = "zero"
    case ..<0: text = "minus"
    default: text = "plus"
    }
    return text
}
print(sign(-3), sign(0), sign(2)) // expect: minus zero plus
func first(_ list: [Int]) -> Int {
    let found: Int
    if list.isEmpty { return -1 }
    found = list[0]
    return found
}
print(first([]), first([4])) // expect: -1 4
func wait() -> Int {
    var n: Int
    while true {
        n = 3
        if n == 3 { break }
    }
    return n
}
print(wait()) // expect: 3
let z: Int
do {
    z = try Int("5") ?? 0
} 
let f = { z + 1 }
print(f()) // expect: 6
// ---
let c = true
let x: Int
if c { x = 1 }
print(x) // expect error: 'x' is used before it has a value
// ---
func f(_ n: Int) -> Int {
    let x: Int
    switch n {
    case 1: x = 1
    default: break
    }
    return x // expect error: 'x' is used before it has a value
}
// ---
func f(_ list: [Int]) -> Int {
    var last: Int
    for n in list { last = n }
    return last // expect error: 'last' is used before it has a value
}
// ---
func f() -> Int {
    let x: Int
    let g = { x } // expect error: 'x' is used before it has a value
    x = 1
    return g()
}
// ---
let x: Int
x = 1
x = 2 // expect error: 'x' is a constant and has its value already
// ---
let c = true
let x: Int
if c { x = 1 }
x = 2 // expect error: 'x' is a constant and has its value already
// ---
let x: Int
for _ in 0..<2 { x = 1 } // expect error: 'x' is a constant and has its value already
