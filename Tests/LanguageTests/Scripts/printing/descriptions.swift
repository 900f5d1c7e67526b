// description is used wherever a value becomes text.
struct V: CustomStringConvertible { let n: Int; var description: String { "<\(n)>" } }
print(V(n: 1), [V(n: 2)], (V(n: 3), 4), ["k": V(n: 5)]) // expect: <1> [<2>] (<3>, 4) ["k": <5>]
print("\(V(n: 6)) \([V(n: 7)])", String(describing: V(n: 8)), V(n: 9).description) // expect: <6> [<7>] <8> <9>
enum Dir: CustomStringConvertible { case up, down; var description: String { self == .up ? "^" : "v" } }
print(Dir.up, [Dir.down], "\(Dir.up)") // expect: ^ [v] ^
struct Box { let v: V; let d: Dir }
print(Box(v: V(n: 1), d: .down)) // expect: Box(v: <1>, d: v)
print(Optional(V(n: 2)) as Any) // expect: Optional(<2>)
