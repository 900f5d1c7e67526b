// Any holds values of every type.
var v: Any = 1
print(v) // expect: 1
v = "text"
print(v, v is String, (v as? String)?.count ?? 0) // expect: text true 4
let list: [Any] = [1, "a", [2, 3], (4, 5), nil as Int? as Any]
print(list.count, list[0], list[2]) // expect: 5 1 [2, 3]
let d: [String: Any] = ["n": 1, "s": "x", "list": [1, 2]]
print(d["n"] as? Int ?? 0, d["s"] as! String, (d["list"] as? [Int])?.reduce(0, +) ?? 0, d["q"] == nil) // expect: 1 x 3 true
func show(_ x: Any) -> String { "\(type(of: x)): \(x)" }
print(show(1), show("s"), show(2.5), show(true), show([1]), show(["a": 1]))
// expect: Int: 1 String: s Double: 2.5 Bool: true Array<Int>: [1] Dictionary<String, Int>: ["a": 1]
for item in [1, "b"] as [Any] { if let n = item as? Int { print("Int", n) } else { print("other", item) } }
// expect: Int 1
// expect: other b
