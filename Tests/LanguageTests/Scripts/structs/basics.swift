struct Point { var x = 0.0; var y: Double; var length: Double { (x * x + y * y).squareRoot() } }
var p = Point(x: 3, y: 4)
print(p, p.length) // expect: Point(x: 3.0, y: 4.0) 5.0
var q = p
q.x = 1
print(p.x, q.x, Point(y: 2)) // expect: 3.0 1.0 Point(x: 0.0, y: 2.0)
// ---
struct Counter { private var n = 0; mutating func next() -> Int { n += 1; return n } }
var c = Counter()
print(c.next(), c.next()) // expect: 1 2
// ---
struct Stack { var items: [Int] = []; mutating func push(_ x: Int) { items.append(x) }
    subscript(i: Int) -> Int { get { items[i] } set { items[i] = newValue } } }
var s = Stack()
for i in 0..<3 { s.push(i) }
s[1] = 9
s[0] += 5
print(s.items, s[1]) // expect: [5, 9, 2] 9
// ---
struct T { static let zero = T(v: 0); static func make(_ v: Int) -> T { T(v: v) }; var v: Int
    init(v: Int) { self.v = v + 1 } }
print(T.zero.v, T.make(4).v) // expect: 1 5
// ---
struct C { var f: Double; var c: Double { get { (f - 32) / 1.8 } set { f = newValue * 1.8 + 32 } } }
var c = C(f: 212)
print(c.c) // expect: 100.0
c.c = 0
print(c.f) // expect: 32.0
// ---
struct Adder { let n: Int; func callAsFunction(_ x: Int) -> Int { x + n } }
print(Adder(n: 2)(40)) // expect: 42
// ---
struct V: CustomStringConvertible, Hashable { let n: Int; var description: String { "<\(n)>" } }
print(V(n: 1), [V(n: 2)], Set([V(n: 1), V(n: 1)]).count) // expect: <1> [<2>] 1
// ---
struct W: Comparable { let n: Int; static func < (a: W, b: W) -> Bool { a.n < b.n } }
print([W(n: 2), W(n: 1)].sorted(), W(n: 3) > W(n: 2), max(W(n: 1), W(n: 5))) // expect: [W(n: 1), W(n: 2)] true W(n: 5)
// ---
struct E { var a = 1 }
extension E { func twice() -> Int { a * 2 }; var b: Int { a + 1 } }
print(E().twice(), E(a: 4).b) // expect: 2 5
// ---
enum Shape { case circle(radius: Double), square(Double), none
    var area: Double { switch self { case .circle(let r): 3.0 * r * r; case .square(let s): s * s; case .none: 0 } } }
print(Shape.circle(radius: 2).area, Shape.square(3).area, Shape.none.area) // expect: 12.0 9.0 0.0
// ---
enum Day: Int, CaseIterable { case mon = 1, tue, wed }
print(Day.tue.rawValue, Day(rawValue: 3)!, Day.allCases.count, Day.mon) // expect: 2 wed 3 mon
// ---
struct P { var x: Int }
let p = P(x: 1)
p.x = 2 // expect error: 'p' is a constant
// ---
struct P { var x: Int }
print(P(x: 1).z) // expect error: has no 'z'
// ---
struct P { var x: Int; func f() { x = 2 } } // expect error: write mutating func
// ---
class A {} // expect error: class is not part of this language
// ---
struct P: Codable { } // expect error: cannot conform to 'Codable'
