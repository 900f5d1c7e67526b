struct P {
    var name: [Int]
    var size: Int
    init() {
        size = name.count // expect error: self is used before 'name' has a value
        name = [1]
    }
}
print(P())
// ---
struct P {
    var a: String
    var b: String
    init() {
        b = a + "!" // expect error: self is used before 'a' has a value
        a = "x"
    }
}
print(P())
