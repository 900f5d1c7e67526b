struct Empty {}
struct Point { var x: Int; var y = 0.5 }
struct Named { var name: String; var letter: Character; var tags: [String]; var at: Point?; var flag: Bool }
print(Empty(), Point(x: 1))
print(Named(name: "a \"b\"", letter: "c", tags: ["x"], at: nil, flag: true))
print(Named(name: "", letter: "d", tags: [], at: Point(x: 2), flag: false))
print([Point(x: 3)], ["k": Point(x: 4)], (Point(x: 5), 1))
print("in text: \(Point(x: 6)) and \([Point(x: 7)])")
print(Point(x: 8), Point(x: 9), separator: "|", terminator: "!\n")
let maybe: Point? = Point(x: 1)
print(maybe as Any)
print(String(describing: Point(x: 10)))
// expect: Empty() Point(x: 1, y: 0.5)
// expect: Named(name: "a \"b\"", letter: "c", tags: ["x"], at: nil, flag: true)
// expect: Named(name: "", letter: "d", tags: [], at: Optional(Point(x: 2, y: 0.5)), flag: false)
// expect: [Point(x: 3, y: 0.5)] ["k": Point(x: 4, y: 0.5)] (Point(x: 5, y: 0.5), 1)
// expect: in text: Point(x: 6, y: 0.5) and [Point(x: 7, y: 0.5)]
// expect: Point(x: 8, y: 0.5)|Point(x: 9, y: 0.5)!
// expect: Optional(Point(x: 1, y: 0.5))
// expect: Point(x: 10, y: 0.5)
