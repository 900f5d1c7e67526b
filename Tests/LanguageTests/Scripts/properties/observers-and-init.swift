// Observers are silent while an initializer runs.
struct Temperature {
    var degrees: Double {
        didSet { print("changed to", degrees) }
    }
    var changes = 0
    init(_ degrees: Double) {
        self.degrees = degrees
        self.degrees = degrees + 1
    }
    mutating func warm() { degrees += 1 }
}
var t = Temperature(20)
print(t.degrees)
t.warm()
t.degrees = 30
var copy = t
copy.degrees = 0
print(t.degrees, copy.degrees)
// expect: 21.0
// expect: changed to 22.0
// expect: changed to 30.0
// expect: changed to 0.0
// expect: 30.0 0.0
