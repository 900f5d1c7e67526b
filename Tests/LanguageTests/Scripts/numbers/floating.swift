// What Double does.
let x = 2.5
print(x.rounded(), (-x).rounded(), x.rounded(.up), x.rounded(.down), 3.5.rounded(.toNearestOrEven)) // expect: 3.0 -3.0 3.0 2.0 4.0
print((-2.7).rounded(.towardZero), 2.1.rounded(.awayFromZero), 2.5.rounded(.toNearestOrEven)) // expect: -2.0 3.0 2.0
print(x.squareRoot(), 2.0.squareRoot(), (-1.0).squareRoot().isNaN) // expect: 1.5811388300841898 1.4142135623730951 true
print(7.5.truncatingRemainder(dividingBy: 2), (-7.5).truncatingRemainder(dividingBy: 2)) // expect: 1.5 -1.5
print((1 / 0.0), (-1 / 0.0), (0 / 0.0).isNaN, (1 / 0.0).isInfinite, x.isFinite) // expect: inf -inf true true true
print(Double.nan == Double.nan, Double.infinity > 1e308, -0.0 == 0.0) // expect: false true true
print(Double.pi, Float.pi, Double.ulpOfOne, Double.greatestFiniteMagnitude) // expect: 3.141592653589793 3.1415925 2.220446049250313e-16 1.7976931348623157e+308
print((-3.5).magnitude, abs(-3.5), max(1.5, 2), min(0.5, 0.25)) // expect: 3.5 3.5 2.0 0.25
var y = 3.7
y.round()
print(y, y.description) // expect: 4.0 4.0
y.round(.down)
print(Int(y), y.isZero, (0.0).isZero) // expect: 4 false true
