struct Celsius {
    var degrees: Double
    init(fromFahrenheit f: Double) { degrees = (f - 32) / 1.8 }
    init(fromKelvin k: Double) { degrees = k - 273.15 }
    init(_ degrees: Double) { self.degrees = degrees }
    init() { self.init(0) }
}
print(Celsius(fromFahrenheit: 212).degrees, Celsius(37).degrees, Celsius().degrees)
print(Celsius(fromKelvin: 273.15))
// expect: 100.0 37.0 0.0
// expect: Celsius(degrees: 0.0)
