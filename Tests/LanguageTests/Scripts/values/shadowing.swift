// Names of the library may be used for one's own things.
let count = 3, first = "f", print2 = { (s: String) in print("my", s) }
print(count, first) // expect: 3 f
print2("own") // expect: my own
func max(_ a: Int) -> Int { a * 100 }
print(max(2)) // expect: 200
struct Array2 { var count: Int }
print(Array2(count: 5).count) // expect: 5
let `default` = 1, `in` = 2
print(`default` + `in`) // expect: 3
for count in 0..<2 { print(count, terminator: " ") }
print(count) // expect: 0 1 3
