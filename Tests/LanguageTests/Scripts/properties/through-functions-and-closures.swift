struct Point { var x = 0, y = 0; var sum: Int { get { x + y } set { x = newValue - y } } }
struct Line { var a = Point(), b = Point(); var ends: [Point] { get { [a, b] } set { (a, b) = (newValue[0], newValue[1]) } } }
var line = Line()
line.ends[1].x = 5
line.ends[0].sum = 9
let change = { line.b.y += 1 }
change()
change()
print(line.a, line.b, line.ends.map { $0.sum })
func bump(_ n: inout Int) { n += 100 }
bump(&line.a.sum)
bump(&line.ends[1].y)
print(line.a.x, line.b.y)
// expect: Point(x: 9, y: 0) Point(x: 5, y: 2) [9, 7]
// expect: 109 102
