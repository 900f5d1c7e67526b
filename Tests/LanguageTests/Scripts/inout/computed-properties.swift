// A computed property passed with & is read once and set once.
struct Celsius {
    var degrees = 0.0
    var kelvin: Double {
        get {
            print("get")
            return degrees + 273
        }
        set {
            print("set")
            degrees = newValue - 273
        }
    }
}
func warm(_ t: inout Double) {
    t += 1
    t += 1
}
var c = Celsius()
warm(&c.kelvin)
print(c.degrees)
c.kelvin += 10
print(c.degrees)
// expect: get
// expect: set
// expect: 2.0
// expect: get
// expect: set
// expect: 12.0
