// Bool and its operators; the right side is evaluated only where it matters.
func say(_ name: String, _ value: Bool) -> Bool {
    print(name, terminator: " ")
    return value
}
print(say("a", false) && say("b", true)) // expect: a false
print(say("a", true) || say("b", true)) // expect: a true
print(!say("a", true) || say("b", false)) // expect: a b false
print(true && false || true, !(true || false), true != false) // expect: true false true
var flag = false
flag.toggle()
print(flag, Bool("true")!, Bool("yes") ?? false) // expect: true true false
print([true, false, true].filter { $0 }.count) // expect: 2
