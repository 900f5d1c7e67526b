struct P { var x: Int; var y: Int; init(x: Int) { self.x = x } } // expect error: this init may end before 'y' has a value
// ---
struct P {
    var x: Int
    init(flag: Bool) {
        if flag { x = 1 }
    } // expect error: this init may end before 'x' has a value
}
// ---
struct P {
    let x: Int
    init(n: Int) {
        guard n > 0 else { return } // expect error: this init may end before 'x' has a value
        x = n
    }
}
// ---
struct P {
    let x: Int
    init() {
        x = 1
        x = 2 // expect error: 'x' is a constant and has its value already
    }
}
// ---
struct P {
    let x = 1
    init() { x = 2 } // expect error: declare it with var x
}
// ---
struct P {
    let x: Int
    init(values: [Int]) {
        for v in values { x = v } // expect error: 'x' is a constant and has its value already
    }
}
// ---
struct P { var x: Int; init?(_ s: String) { guard let n = Int(s) else { return nil }; x = n } }
let p = P("3")
print(p.x) // expect error: write p?.x
// ---
struct P { var x: Int; init?(n: Int) { x = n }; init(m: Int) { self.init(n: m) } } // expect error: the other init may give nil
// ---
struct P { var x: Int; init(_ x: Int) { self.x = x } }
_ = P(x: 1) // expect error: leave 'x:' out
// ---
struct P { var x: Int; init(_ x: Int) { self.x = x }; init(_ y: Int) { x = y } } // expect error: has an init with these parameters already
// ---
enum E { case a, b; init(_ n: Int) { if n > 0 { self = .a } } } // expect error: assign to self on every way through it
// ---
struct P { var x = 0; init(n: Int) { if n > 0 { self.init(n: n - 1) } } } // expect error: call self.init on every way
// ---
struct P { static let shared = P(); private init() {} }
print(P()) // expect error: P can only be made inside itself
// ---
struct P { deinit {} } // expect error: deinit is not part of this language
