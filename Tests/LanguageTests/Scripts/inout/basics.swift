func increment(_ n: inout Int, by step: Int = 1) { n += step }
func append(_ x: Int, to list: inout [Int]) -> Int {
    list.append(x)
    return list.count
}
struct Pair { var a = 1; var b = [0] }
var n = 5
increment(&n)
increment(&n, by: 10)
var list = [1]
print(n, append(7, to: &list), list)
var pair = Pair()
increment(&pair.a, by: 4)
increment(&pair.b[0])
print(append(2, to: &pair.b), pair)
var nested = [[1], [2]]
increment(&nested[1][0], by: 40)
print(nested, append(0, to: &nested[0]), nested)
var counts = ["a": 1]
increment(&counts["b", default: 10])
increment(&counts["a"]!)
print(counts["a"] ?? 0, counts["b"] ?? 0)
// expect: 16 2 [1, 7]
// expect: 2 Pair(a: 5, b: [1, 2])
// expect: [[1], [42]] 2 [[1, 0], [42]]
// expect: 2 11
