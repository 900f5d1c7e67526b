// Swift writes an initializer from the stored properties, in their order.
struct Point {
    var x: Int
    var y = 0
    let name: String
    let unit = "px"
    var note: String?
}
let a = Point(x: 1, y: 2, name: "a", note: "first")
let b = Point(x: 3, name: "b")
print(a)
print(b)
print(a.x + b.x, a.unit, b.note ?? "none")
let make = Point(x: 7, y: 8, name: "c")
print(make.name, make.note as Any)
// expect: Point(x: 1, y: 2, name: "a", unit: "px", note: Optional("first"))
// expect: Point(x: 3, y: 0, name: "b", unit: "px", note: nil)
// expect: 4 px none
// expect: c nil
