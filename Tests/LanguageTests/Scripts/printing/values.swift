// print writes values as Swift does.
print(1, 2.0, true, "text", Character("c"), Float(0.1)) // expect: 1 2.0 true text c 0.1
print([1, 2], ["a", "b"], [1.5], [true]) // expect: [1, 2] ["a", "b"] [1.5] [true]
print((1, "a"), (x: 1, y: "b"), ((1, 2), 3)) // expect: (1, "a") (x: 1, y: "b") ((1, 2), 3)
print(["k": "v"], Set(["one"]), [["a": 1]]) // expect: ["k": "v"] ["one"] [["a": 1]]
print(0..<3, 1...2, "a"..."c", 1...) // expect: 0..<3 1...2 a...c PartialRangeFrom<Int>(lowerBound: 1)
print([Character("x")], ["x": Character("y")], [(1, "t")]) // expect: ["x"] ["x": "y"] [(1, "t")]
print(Optional(1) as Any, [Optional("a")], Int?.none as Any) // expect: Optional(1) [Optional("a")] nil
struct P { var x = 1; var name = "n"; var list = [1]; var o: Int? = nil }
print(P()) // expect: P(x: 1, name: "n", list: [1], o: nil)
enum E { case a, b(Int), c(x: Int, String) }
print(E.a, E.b(1), E.c(x: 1, "s")) // expect: a b(1) c(x: 1, "s")
print([[Int]](), [String: Int](), "", [""]) // expect: [] [:]  [""]
