enum Level: Equatable {
    case low(by: Int = 1)
    case high(Int)
}
print(Level.low(), Level.low(by: 3), Level.low() == .low(by: 1))
print([1, 2].map(Level.high))
let make = Level.high
print(make(9) == .high(9), make(9) == .low())
// expect: low(by: 1) low(by: 3) true
// expect: [Level.high(1), Level.high(2)]
// expect: true false
