struct Inner: Equatable { var n: Int }
struct Outer: Equatable {
    var inner: Inner
    var list: [Inner]
    var maybe: Inner?
}
var a = Outer(inner: Inner(n: 1), list: [Inner(n: 2)], maybe: nil)
var b = a
print(a == b)
b.list[0].n = 3
print(a == b, a != b)
b = a
b.maybe = Inner(n: 9)
print(a == b, b.maybe == Inner(n: 9), [a] == [a], [a, b].contains(b))
print([a, b].firstIndex(of: b) ?? -1)
// expect: true
// expect: false true
// expect: false true true true
// expect: 1
