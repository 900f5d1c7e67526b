// Collections are values: a copy does not change with its original.
let a = [1, 2]
var b = a
b[0] = 9
b.append(3)
print(a, b) // expect: [1, 2] [9, 2, 3]
var d = ["k": [1]]
let e = d
d["k"]!.append(2)
print(d["k"]!, e["k"]!) // expect: [1, 2] [1]
var nested = [[1], [2]]
let kept = nested
nested[0][0] = 100
for i in nested.indices { nested[i].append(i) }
print(nested, kept) // expect: [[100, 0], [2, 1]] [[1], [2]]
func changed(_ list: [Int]) -> [Int] { var list = list; list[0] = -1; return list }
print(changed(a), a) // expect: [-1, 2] [1, 2]
var s: Set = [1]
let old = s
s.insert(2)
print(s.count, old.count) // expect: 2 1
var text = "abc"
let before = text
text.append("d")
print(text, before) // expect: abcd abc
var holder = (list: [1], n: 1)
let copy = holder
holder.list.append(2)
print(holder, copy) // expect: (list: [1, 2], n: 1) (list: [1], n: 1)
