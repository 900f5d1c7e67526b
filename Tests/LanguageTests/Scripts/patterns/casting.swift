// is, as? and as in conditions and patterns.
struct P { let n: Int }
let values: [Any] = [1, "two", 3.5, true, [1, 2], P(n: 9), ("a", 1), Optional(4) as Any]
func describe(_ v: Any) -> String {
    switch v {
    case let n as Int where n < 0: "negative"
    case let n as Int: "Int \(n)"
    case let s as String where s.count > 2: "String \(s)"
    case let d as Double: "Double \(d)"
    case is Bool: "Bool"
    case let a as [Int]: "Array \(a.count)"
    case let p as P: "P \(p.n)"
    default: "other"
    }
}
print(values.map(describe)) // expect: ["Int 1", "String two", "Double 3.5", "Bool", "Array 2", "P 9", "other", "Int 4"]
let x: Any = 5
print(x is Int, x is String, x as? Int ?? 0, x as? String ?? "no", (x as! Int) + 1) // expect: true false 5 no 6
if let n = x as? Int, n > 3 { print("big", n) } // expect: big 5
print(values.compactMap { $0 as? Int }, values.filter { $0 is String }.count) // expect: [1, 4] 1
let d = 3 as Double
print(d, [1, 2] as [Double], (1 as Any) is Double, "a" as Character) // expect: 3.0 [1.0, 2.0] false a
