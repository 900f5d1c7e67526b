func area(_ r: Double) -> Double { 3 * r * r }
func area(_ w: Double, _ h: Double) -> Double { w * h }
func area(side: Int) -> Int { side * side }
print(area(1), area(2, 3), area(side: 4)) // expect: 3.0 6.0 16
// cell
func area(_ r: Double) -> String { "only this one now" }
print(area(1)) // expect: only this one now
// cell
print(area(2, 3)) // expect error: area: expected 1 argument, got 2
