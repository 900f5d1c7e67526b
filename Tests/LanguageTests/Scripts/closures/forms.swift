// The forms a closure may take.
let a = { (x: Int, y: Int) -> Int in return x + y }
let b: (Int, Int) -> Int = { x, y in x + y }
let c: (Int, Int) -> Int = { $0 + $1 }
let d = { (x: Int) in x * 2 }
let e = { print("called") }
let f: () -> Int = { 42 }
print(a(1, 2), b(1, 2), c(1, 2), d(4), f()) // expect: 3 3 3 8 42
e() // expect: called
print([1, 2].map { x in x + 1 }, [1, 2].map({ $0 + 1 }), [1, 2].map { x -> String in "<\(x)>" }) // expect: [2, 3] [2, 3] ["<1>", "<2>"]
let g: (Int) -> String = { n in
    if n > 0 { return "positive" }
    let text = "not"
    return text + " positive"
}
print(g(1), g(-1)) // expect: positive not positive
print({ (x: Int) in x * x }(5), { 7 }()) // expect: 25 7
func run(times n: Int = 1, _ body: () -> Void) { for _ in 0..<n { body() } }
run { print("once") } // expect: once
run(times: 2) { print("twice", terminator: " ") }
print() // expect: twice twice 
func choose(_ yes: Bool, then a: () -> String, else b: () -> String) -> String { yes ? a() : b() }
print(choose(true) { "A" } else: { "B" }, choose(false, then: { "A" }, else: { "B" })) // expect: A B
let ignore: (Int, Int) -> Int = { a, _ in a }
print(ignore(1, 2), [3, 4].map { _ in 0 }) // expect: 1 [0, 0]
