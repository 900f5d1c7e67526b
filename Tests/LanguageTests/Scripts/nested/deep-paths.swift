struct Outer {
    struct Middle {
        enum Inner: Int { case one = 1, two }
        var inner: Inner
        static let standard = Middle(inner: .two)
    }
    var middle: Middle
    init(_ n: Int) { middle = Middle(inner: Middle.Inner(rawValue: n) ?? .one) }
}
let outer = Outer(2)
print(outer.middle.inner.rawValue, Outer.Middle.standard.inner)
func double(_ x: Outer.Middle.Inner) -> Int { x.rawValue * 2 }
print(double(.one), double(outer.middle.inner))
// expect: 2 two
// expect: 2 4
