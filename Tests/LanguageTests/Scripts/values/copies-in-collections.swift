struct P { var x = 0 }
var list = [P(x: 1), P(x: 2)]
var first = list[0]
first.x = 50
print(list[0].x, first.x)
for var p in list {
    p.x += 100
    print(p.x, terminator: " ")
}
print(list.map { $0.x })
var copy = list
copy[0].x = 9
copy.append(P())
list[1].x = -1
print(list.map { $0.x }, copy.map { $0.x })
var table = ["a": P(x: 1)]
let before = table
table["a"]!.x += 1
table["b"] = table["a"]
table["b"]!.x *= 10
print(table["a"]!.x, table["b"]!.x, before["a"]!.x, before.count)
// expect: 1 50
// expect: 101 102 [1, 2]
// expect: [1, -1] [9, 2, 0]
// expect: 2 20 1 1
