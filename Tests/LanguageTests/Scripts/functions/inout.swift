// inout changes the caller's variable, element or property.
func bump(_ n: inout Int, by k: Int = 1) { n += k }
var n = 1
bump(&n); bump(&n, by: 5)
var a = [1, 2]
bump(&a[1], by: 10)
struct P { var x = 1, list = [0] }
var p = P()
bump(&p.x); bump(&p.list[0], by: 7)
var t = (1, 2)
bump(&t.1)
var d = ["k": 1]
bump(&d["k"]!)
bump(&d["new", default: 100])
print(n, a, p, t, d["k"]!, d["new"]!) // expect: 7 [1, 12] P(x: 2, list: [7]) (1, 3) 2 101
func swap2(_ a: inout Int, _ b: inout Int) { (a, b) = (b, a) }
swap2(&n, &t.0)
print(n, t) // expect: 1 (7, 3)
func add(_ x: Int, to list: inout [Int]) -> Int { list.append(x); return list.count }
print(add(3, to: &a), a) // expect: 3 [1, 12, 3]
func nest(_ v: inout Int) { bump(&v); func inner() { v *= 2 }; inner() }
nest(&n)
print(n) // expect: 4
swap(&a[0], &n)
print(a, n) // expect: [4, 12, 3] 1
