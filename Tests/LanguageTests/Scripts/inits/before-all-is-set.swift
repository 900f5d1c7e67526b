// `self` is used only when every property has a value.
struct Pair {
    var a: Int
    var b: Int
    init() {
        a = 1
        show() // expect error: self is used before 'b' has a value
        b = 2
    }
    func show() { print(a) }
}
// ---
struct Pair {
    var a: Int
    var b: Int
    init() {
        a = 1
        b = a + 1
        show()
    }
    func show() { print(a, b) }
}
_ = Pair() // expect: 1 2
// ---
struct Pair {
    var a: Int
    var b: Int
    init(_ flag: Bool) {
        if flag { a = 1 }
        b = a // expect error: self is used before 'a' has a value
        a = 2
    }
}
// ---
struct Pair {
    var a: Int
    var list: [Int]
    init() {
        list = []
        list.append(3)
        a = list.count
        a = self.a + 1
    }
}
print(Pair().a) // expect: 2
// ---
struct Pair {
    var a: Int
    init() {
        let f = { self.a } // expect error: self is used before 'a' has a value
        a = 1
        print(f())
    }
}
// ---
enum Mode {
    case on, off
    init(_ flag: Bool) {
        print(name) // expect error: self is used before it has a value
        self = flag ? .on : .off
    }
    var name: String { self == .on ? "on" : "off" }
}
