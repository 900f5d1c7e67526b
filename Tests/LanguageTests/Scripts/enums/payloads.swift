enum Shape {
    case circle(radius: Double)
    case rectangle(width: Double, height: Double)
    case named(String, sides: Int)
    case empty
    var area: Double {
        switch self {
        case .circle(let radius): return 3 * radius * radius
        case let .rectangle(width, height): return width * height
        case .named(_, sides: let n): return Double(n)
        case .empty: return 0
        }
    }
}
let shapes: [Shape] = [.circle(radius: 1), .rectangle(width: 2, height: 3), .named("hex", sides: 6), .empty]
print(shapes.map { $0.area })
print(shapes[0])
print(shapes[1])
print(shapes[2])
print(shapes[3])
// expect: [3.0, 6.0, 6.0, 0.0]
// expect: circle(radius: 1.0)
// expect: rectangle(width: 2.0, height: 3.0)
// expect: named("hex", sides: 6)
// expect: empty
