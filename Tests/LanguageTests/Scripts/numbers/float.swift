// Float has 24 bits and prints as short as it can.
let f: Float = 0.1
print(f, f + 0.2, f * 3, 1 / f) // expect: 0.1 0.3 0.3 10.0
let g = Float(1) / 3
print(g, Double(g) == 1.0 / 3, g.rounded(), g.squareRoot()) // expect: 0.33333334 false 0.0 0.57735026
let list: [Float] = [1, 2.5, 0.1]
print(list, list.reduce(0, +), list.max()!) // expect: [1.0, 2.5, 0.1] 3.6 2.5
print(Float(16777216) + 1, Float.pi, f < 0.2, -f) // expect: 16777216.0 3.1415925 true -0.1
var h: Float = 2
h *= 1.5; h -= 0.25
print(h, Float("3.25")!, abs(-h)) // expect: 2.75 3.25 2.75
