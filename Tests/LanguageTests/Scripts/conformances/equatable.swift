struct Point: Equatable { var x: Int, y: Int }
enum Shape: Equatable { case dot(Point), line(Point, Point), none }
let p = Point(x: 1, y: 2)
print(p == Point(x: 1, y: 2), p != Point(x: 2, y: 1))
print(Shape.dot(p) == .dot(p), Shape.line(p, p) == .line(p, Point(x: 0, y: 0)), Shape.none == .none, Shape.dot(p) == .none)
print([p: 1] == [p: 1], [p] != [], Optional(p) == nil, (p, 1) == (p, 1))
extension Point: Hashable {}
// expect: true true
// expect: true false true false
// expect: true true false true
