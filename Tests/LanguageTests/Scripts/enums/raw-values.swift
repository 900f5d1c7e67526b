enum Planet: Int { case mercury = 1, venus, earth, mars = 10, jupiter }
enum Suit: String { case hearts, spades = "S", clubs }
enum Ratio: Double { case half = 0.5, one = 1, third = 0.25 }
enum Mark: Character { case plus = "+", minus = "-" }
print(Planet.earth.rawValue, Planet.jupiter.rawValue, Planet(rawValue: 2) as Any)
print(Suit.hearts.rawValue, Suit.spades.rawValue, Suit(rawValue: "clubs") ?? .hearts)
print(Ratio.half.rawValue + Ratio.one.rawValue, Mark(rawValue: "-") == .minus, Mark.plus.rawValue)
print(Planet(rawValue: 5) == nil, Suit(rawValue: "spades") == nil)
// expect: 3 11 Optional(Planet.venus)
// expect: hearts S clubs
// expect: 1.5 true +
// expect: true true
