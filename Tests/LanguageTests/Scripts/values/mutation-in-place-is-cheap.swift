// Appending through several levels keeps one storage; a copy made on the way is not touched.
struct Inner { var items: [Int] = [] }
struct Outer { var inner = Inner(); mutating func add(_ x: Int) { inner.items.append(x) } }
var outer = Outer()
var snapshots: [Outer] = []
for i in 0..<5 {
    outer.add(i)
    if i % 2 == 0 { snapshots.append(outer) }
}
print(outer.inner.items, snapshots.map { $0.inner.items.count })
snapshots[0].add(99)
print(snapshots[0].inner.items, outer.inner.items.count)
var big = Outer()
for i in 0..<20_000 { big.add(i) }
print(big.inner.items.count, big.inner.items[19_999])
// expect: [0, 1, 2, 3, 4] [1, 3, 5]
// expect: [0, 99] 5
// expect: 20000 19999
