enum Card: Int, CaseIterable, Comparable, CustomStringConvertible {
    case two = 2, three, jack = 11, ace = 14
    static func < (a: Card, b: Card) -> Bool { a.rawValue < b.rawValue }
    var description: String { rawValue < 11 ? "\(rawValue)" : (self == .jack ? "J" : "A") }
}
print(Card.allCases, Card.allCases.max()!, Card.allCases.sorted(by: >), Card.two < .ace)
print(Card.allCases.filter { $0 > .three })
// expect: [2, 3, J, A] A [A, J, 3, 2] true
// expect: [J, A]
