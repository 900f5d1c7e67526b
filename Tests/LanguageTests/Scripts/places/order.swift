// What is on the right is evaluated before the place on the left is read; indices come first.
var values = [1, 2, 3]
func change(_ amount: Int) -> Int {
    values[0] += 10
    return amount
}
values[0] += change(5)
print(values)  // expect: [16, 2, 3]
var total = 1
func raise() -> Int {
    total += 100
    return 1
}
total += raise()
print(total)  // expect: 102
var log: [String] = []
func note(_ name: String, _ value: Int) -> Int {
    log.append(name)
    return value
}
var table = [[0, 0], [0, 0]]
table[note("row", 1)][note("column", 0)] = note("value", 7)
print(table, log)  // expect: [[0, 0], [7, 0]] ["row", "column", "value"]
log = []
func set(_ first: Int, _ target: inout Int) { target = first }
set(note("first", 3), &table[note("index", 0)][1])
print(table, log)  // expect: [[0, 3], [7, 0]] ["first", "index"]
