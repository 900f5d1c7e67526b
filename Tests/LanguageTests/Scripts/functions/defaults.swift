// Defaults are computed at each call, from left to right.
var calls = 0
func tick() -> Int { calls += 1; return calls }
func f(_ a: Int = tick(), _ b: Int = tick() * 10) -> String { "\(a) \(b)" }
print(f(), f(5), f(7, 8), calls) // expect: 1 20 5 30 7 8 3
func g(list: [Int] = [], scale: Double = 1, flag: Bool = true, name: String? = nil) -> String {
    "\(list) \(scale) \(flag) \(name ?? "-")"
}
print(g(), g(list: [1]), g(scale: 2), g(flag: false, name: "n"), g(list: [], name: "x"))
// expect: [] 1.0 true - [1] 1.0 true - [] 2.0 true - [] 1.0 false n [] 1.0 true x
func h(_ x: Int, then f: (Int) -> Int = { $0 + 1 }) -> Int { f(x) }
print(h(1), h(1) { $0 * 100 }, h(2, then: { -$0 })) // expect: 2 100 -2
