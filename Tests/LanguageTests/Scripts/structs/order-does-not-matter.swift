// Types and functions may use what is declared below them.
print(area(of: Square(side: 3)))
func area(of shape: Square) -> Int { shape.area }
struct Square {
    let side: Int
    var area: Int { side * side }
    var unit: Unit { Unit(symbol: "cm") }
}
struct Unit { let symbol: String }
print(Square(side: 1).unit.symbol)
// expect: 9
// expect: cm
