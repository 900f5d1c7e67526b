// Computed variables of a cell.
var side = 2.0
var area: Double { side * side }
print(area) // expect: 4.0
side = 3
print(area) // expect: 9.0
var half: Double {
    get { side / 2 }
    set { side = newValue * 2 }
}
half = 5
print(side, area, half) // expect: 10.0 100.0 5.0
half += 1
print(side) // expect: 12.0
func report() -> String { "area \(area)" }
print(report()) // expect: area 144.0
var corners: [Double] {
    get { [0, side] }
    set(list) { side = list[1] }
}
corners[1] = 7
print(side, corners) // expect: 7.0 [0.0, 7.0]
func double(_ x: inout Double) { x *= 2 }
double(&half)
print(side) // expect: 14.0
print((0..<2).map { _ in area }.count) // expect: 2
// ---
var side = 2.0
var area: Double { side * side }
area = 3 // expect error: 'area' can only be read
// ---
var area { 3.0 } // expect error: a computed variable needs its type
// ---
let area: Double { 3.0 } // expect error: is declared with var
// ---
func f() {
    var area: Double { 3.0 } // expect error: inside a function or block
}
