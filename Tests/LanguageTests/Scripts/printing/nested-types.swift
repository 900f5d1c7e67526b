struct Outer {
    struct Inner { var n = 1 }
    enum Kind { case plain, wrapped(Inner) }
    var inner = Inner()
    var kind = Kind.plain
}
print(Outer.Inner())
print(Outer())
print(Outer.Kind.wrapped(Outer.Inner(n: 2)))
print([Outer.Kind.plain], [Outer.Inner()])
// expect: Inner(n: 1)
// expect: Outer(inner: Outer.Inner(n: 1), kind: Outer.Kind.plain)
// expect: wrapped(Outer.Inner(n: 2))
// expect: [Outer.Kind.plain] [Outer.Inner(n: 1)]
