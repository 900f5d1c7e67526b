// Interpolation of values and expressions.
let n = 3, x = 2.5, s = "text"
print("\(n) \(x) \(s) \(true)") // expect: 3 2.5 text true
print("\(n + 1) \(n * 2 + 1) \([1, 2]) \((1, "a"))") // expect: 4 7 [1, 2] (1, "a")
print("\(s.uppercased()) \(s.count) \("nested \("deep")")") // expect: TEXT 4 nested deep
print("\(n > 2 ? "big" : "small")") // expect: big
let maybe: Int? = 5
print("\(maybe.map { "\($0)" } ?? "none") \(maybe ?? 0)") // expect: 5 5
print("a" + "\(n)" + "b") // expect: a3b
let list = ["x", "y"]
print("\(list) \(list.joined(separator: "-"))") // expect: ["x", "y"] x-y
let d: [String: Int] = ["k": 1]
print("\(d) \(d["k"]!)") // expect: ["k": 1] 1
print("\(Character("c")) \(Float(1.5))") // expect: c 1.5
struct P { var a = 1 }
print("\(P()) \(P().a)") // expect: P(a: 1) 1
