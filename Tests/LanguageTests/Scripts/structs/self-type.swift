struct Temperature: Equatable {
    var degrees: Double
    static let zero = Self(degrees: 0)
    static func max(_ a: Self, _ b: Self) -> Self { a.degrees > b.degrees ? a : b }
    func raised(by d: Double) -> Self { Self(degrees: degrees + d) }
    mutating func reset() { self = Self.zero }
    var copies: [Self] { [self, .zero] }
}
var t = Temperature.zero.raised(by: 20)
print(t.degrees, Temperature.max(t, .zero) == t, t.copies.count)
t.reset()
print(t == .zero)
// expect: 20.0 true 2
// expect: true
