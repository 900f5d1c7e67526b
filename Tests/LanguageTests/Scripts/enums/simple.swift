enum Direction {
    case north, south
    case east, west
    var opposite: Direction {
        switch self {
        case .north: return .south
        case .south: return .north
        case .east: return .west
        case .west: return .east
        }
    }
    mutating func turn() { self = opposite }
    func isVertical() -> Bool { self == .north || self == .south }
}
var way = Direction.north
print(way, way.opposite, way.isVertical())
way = .east
way.turn()
print(way, way != .east, way.isVertical())
// expect: north south true
// expect: west true false
