struct Row { var cells: [Int]; subscript(i: Int) -> Int { get { cells[i] } set { cells[i] = newValue } } }
struct Sheet {
    var rows: [String: Row] = [:]
    subscript(name: String) -> Row {
        get { rows[name] ?? Row(cells: [0, 0]) }
        set { rows[name] = newValue }
    }
}
var sheet = Sheet()
sheet["a"][1] = 5
sheet["a"][0] += 2
sheet["b"].cells.append(9)
let copy = sheet
sheet["a"][0] = 100
print(sheet["a"].cells, sheet["b"].cells, copy["a"].cells)
// expect: [100, 5] [0, 0, 9] [2, 5]
