struct P {
    var name: [Int]
    var size: Int
    init() {
        size = name.count
        name = [1]
    }
}
print(P()) // expect error: a variable is used before it has a value
// ---
struct P {
    var a: String
    var b: String
    init() {
        b = a + "!"
        a = "x"
    }
}
print(P()) // expect error: a variable is used before it has a value
