// Changing a copy leaves the original alone, however deep the change is.
struct Leaf { var numbers = [1, 2, 3] }
struct Branch { var leaves = [Leaf(), Leaf()]; var named = ["x": Leaf()] }
struct Root { var branch = Branch(); var pair = (Leaf(), 0) }
var a = Root()
var b = a
b.branch.leaves[1].numbers[0] = 100
b.branch.named["x"]?.numbers.append(4)
b.pair.0.numbers.removeAll()
b.pair.1 += 5
print(a.branch.leaves[1].numbers, b.branch.leaves[1].numbers)
print(a.branch.named["x"]?.numbers ?? [], b.branch.named["x"]?.numbers ?? [])
print(a.pair.0.numbers, b.pair.0.numbers, a.pair.1, b.pair.1)
a = b
a.branch.leaves.removeLast()
print(a.branch.leaves.count, b.branch.leaves.count)
// expect: [1, 2, 3] [100, 2, 3]
// expect: [1, 2, 3] [1, 2, 3, 4]
// expect: [1, 2, 3] [] 0 5
// expect: 1 2
