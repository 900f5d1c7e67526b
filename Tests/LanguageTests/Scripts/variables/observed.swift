// Observed variables of a cell.
var count = 0 {
    willSet { print("to", newValue) }
    didSet { print("from", oldValue, "to", count) }
}
count = 4
// expect: to 4
// expect: from 0 to 4
count += 1
// expect: to 5
// expect: from 4 to 5
var level: Int = 1 { didSet { if level > 3 { level = 3 } } }
level = 9
print(level) // expect: 3
var list = [1] { didSet { print(list.count) } }
list.append(2) // expect: 2
list[0] = 5 // expect: 2
print(list) // expect: [5, 2]
// ---
var count = 0 { didSet { print("now", count) } }
func step() { count += 1 }
step() // expect: now 1
// cell
count = 7 // expect: now 7
print(count) // expect: 7
// ---
var side = 2
var area: Int { side * side }
// cell
side = 5
print(area) // expect: 25
