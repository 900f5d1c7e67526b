let double = { (n: inout Int) in n *= 2 }
func apply(_ change: (inout [Int]) -> Void, to list: inout [Int]) { change(&list) }
var n = 21
double(&n)
var list = [3, 1, 2]
apply({ $0.sort() }, to: &list)
apply({ list in list.append(list[0] * 10) }, to: &list)
print(n, list)
func counter(_ n: inout Int) -> Int {
    func bump() { n += 1 }
    bump()
    bump()
    return n * 10
}
print(counter(&n), n)
// expect: 42 [1, 2, 3, 10]
// expect: 440 44
