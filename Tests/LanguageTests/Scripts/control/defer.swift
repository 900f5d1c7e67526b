// defer runs at the end of its scope, the last one first.
func f(_ early: Bool) -> Int {
    defer { print("last") }
    defer { print("second") }
    if early { print("early"); return 1 }
    print("body")
    return 2
}
print(f(false))
// expect: body
// expect: second
// expect: last
// expect: 2
print(f(true))
// expect: early
// expect: second
// expect: last
// expect: 1
for i in 0..<2 {
    defer { print("end", i) }
    if i == 0 { continue }
    print("in", i)
}
// expect: end 0
// expect: in 1
// expect: end 1
do {
    defer { print("block") }
    print("inside")
}
// expect: inside
// expect: block
func value() -> Int {
    var x = 1
    defer { x = 100 }
    return x
}
print(value()) // expect: 1
func nested() {
    defer { defer { print("inner") }; print("outer") }
    print("start")
}
nested()
// expect: start
// expect: outer
// expect: inner
struct E: Error {}
func fails() throws { defer { print("cleaned") }; throw E() }
do { try fails() } catch { print("caught") }
// expect: cleaned
// expect: caught
