// Closures capture variables, not values.
var n = 1
let show = { print(n, terminator: " ") }
show(); n = 2; show()
let add = { (k: Int) in n += k }
add(10)
print(n) // expect: 1 2 12
func make() -> () -> Int { var c = 0; return { c += 1; return c } }
let a = make(), b = make()
print(a(), a(), b()) // expect: 1 2 1
var fs: [() -> Int] = []
for i in 0..<3 { fs.append { i * 10 } }
print(fs.map { $0() }) // expect: [0, 10, 20]
var x = 0
var gs: [() -> Int] = []
while x < 3 { let y = x; gs.append { x * 10 + y }; x += 1 }
print(gs.map { $0() }) // expect: [30, 31, 32]
var total = 0
[1, 2, 3].forEach { total += $0 }
print(total) // expect: 6
func pair() -> (inc: () -> Void, get: () -> Int) {
    var value = 0
    return ({ value += 1 }, { value })
}
let p = pair()
p.inc(); p.inc()
print(p.get()) // expect: 2
