print(Limits.maximum, Limits.names.count)
struct Limits {
    static let maximum = minimum * 10
    static let minimum = 4
    static let names = (0..<maximum).map { "n\($0)" }
}
print(Limits.names.last ?? "")
// expect: 40 40
// expect: n39
