struct Vec: Equatable {
    var x: Double, y: Double
    static func + (a: Vec, b: Vec) -> Vec { Vec(x: a.x + b.x, y: a.y + b.y) }
    static func - (a: Vec, b: Vec) -> Vec { Vec(x: a.x - b.x, y: a.y - b.y) }
    static func * (a: Vec, k: Double) -> Vec { Vec(x: a.x * k, y: a.y * k) }
    static func * (k: Double, a: Vec) -> Vec { a * k }
    static func * (a: Vec, b: Vec) -> Double { a.x * b.x + a.y * b.y }
    static func / (a: Vec, k: Double) -> Vec { a * (1 / k) }
    static prefix func - (a: Vec) -> Vec { Vec(x: -a.x, y: -a.y) }
    static func += (a: inout Vec, b: Vec) { a = a + b }
    static func *= (a: inout Vec, k: Double) { a = a * k }
}
var a = Vec(x: 1, y: 2)
let b = Vec(x: 3, y: -1)
print(a + b, a - b * 2, 2 * a, a * b)
print(-a == Vec(x: -1, y: -2), a / 2)
a += b
a *= 10
print(a, [a, b, -b].reduce(Vec(x: 0, y: 0), +))
// expect: Vec(x: 4.0, y: 1.0) Vec(x: -5.0, y: 4.0) Vec(x: 2.0, y: 4.0) 1.0
// expect: true Vec(x: 0.5, y: 1.0)
// expect: Vec(x: 40.0, y: 10.0) Vec(x: 40.0, y: 10.0)
