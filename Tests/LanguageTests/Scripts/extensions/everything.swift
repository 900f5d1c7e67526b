struct Vector { var x: Int, y: Int }
extension Vector {
    static let zero = Vector(x: 0, y: 0)
    static func diagonal(_ n: Int) -> Vector { Vector(x: n, y: n) }
    init(_ both: Int) { self.init(x: both, y: both) }
    var sum: Int { x + y }
    var flipped: Vector {
        get { Vector(x: y, y: x) }
        set { (x, y) = (newValue.y, newValue.x) }
    }
    func scaled(by k: Int) -> Vector { Vector(x: x * k, y: y * k) }
    mutating func scale(by k: Int) { self = scaled(by: k) }
    subscript(i: Int) -> Int {
        get { i == 0 ? x : y }
        set { if i == 0 { x = newValue } else { y = newValue } }
    }
}
var v = Vector(2)
v[1] = 5
v.scale(by: 10)
v.flipped.x += 1
print(v, v.sum, Vector.zero, Vector.diagonal(3).flipped.sum, v[0])
// expect: Vector(x: 20, y: 51) 71 Vector(x: 0, y: 0) 6 20
