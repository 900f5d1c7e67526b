print(1_000, 0xff, 0o17, 0b101) // expect: 1000 255 15 5
print(1.5e3, 2.0, -0.25) // expect: 1500.0 2.0 -0.25
print("a\tb\u{41}\\", #"raw \n"#) // expect: a	bA\ raw \n
// ---
let x = 3
print("x is \(x), twice \(x * 2), \("in" + "ner")") // expect: x is 3, twice 6, inner
// ---
print("""
    one
      two
    """)
// expect: one
// expect:   two
// ---
print([1, 2], ["a": 1], (1, "b"), [String]()) // expect: [1, 2] ["a": 1] (1, "b") []
print([[1, 2], [3]], ["x", "y"]) // expect: [[1, 2], [3]] ["x", "y"]
// ---
let h: Double = 1/2
let a: [Double] = [1, 2]
print(h, a, [1, 2.5]) // expect: 0.5 [1.0, 2.0] [1.0, 2.5]
let x = 3.0
print(1/2*x) // expect: 1.5
// ---
print(0..<3, 1...4, [10, 20, 30][1...]) // expect: 0..<3 1...4 [20, 30]
// ---
let n: Int? = nil
let m: Int? = 5
print(n, m) // expect: nil Optional(5)
// ---
let big = 9223372036854775808 // expect error: does not fit in Int
// ---
let f: Float = 0.1
print(f, f + 1) // expect: 0.1 1.1
