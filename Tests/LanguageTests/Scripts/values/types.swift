// Types as values, annotations and type(of:).
let a: Int = 5, b: Double = 5, c: String = "5"
print(type(of: a), type(of: b), type(of: c), type(of: [a]), type(of: [c: b]), type(of: Optional(a)))
// expect: Int Double String Array<Int> Dictionary<String, Double> Optional<Int>
print(Int.self, [Int].self, Double.self) // expect: Int Array<Int> Double
let t: (Int, String) = (1, "a"), f: (Int) -> Bool = { $0 > 0 }
print(t, f(1), type(of: true), type(of: "a" as Character), type(of: 1...2), type(of: Set([1]))) // expect: (1, "a") true Bool Character ClosedRange<Int> Set<Int>
struct P {}
print(type(of: P()), P.self, type(of: P()) == P.self, type(of: a) == Int.self) // expect: P P true true
var n: Int? = nil, m: [String: [Int]] = [:], s: Set<Int> = []
n = 4; m["k"] = [1]; s.insert(2)
print(n!, m, s) // expect: 4 ["k": [1]] [2]
