// Closures kept in structures, arrays, dictionaries and optionals.
struct Button { let title: String; var action: (() -> String)? = nil }
var b = Button(title: "ok")
print(b.action?() ?? "no action") // expect: no action
b.action = { "pressed" }
print(b.action?() ?? "no action", b.action!()) // expect: pressed pressed
struct Op { let name: String; let apply: (Int, Int) -> Int }
let ops = [Op(name: "add", apply: +), Op(name: "sub", apply: { $0 - $1 }), Op(name: "max", apply: max)]
for op in ops { print(op.name, op.apply(7, 4), terminator: "; ") }
print() // expect: add 11; sub 3; max 7; 
var events: [String: [(Int) -> Void]] = [:]
var seen: [Int] = []
events["click", default: []].append { seen.append($0) }
events["click"]?.append { seen.append($0 * 10) }
events["click"]?.forEach { $0(3) }
print(seen, events["other"] == nil) // expect: [3, 30] true
let pick: (Bool) -> (Int) -> Int = { up in up ? { $0 + 1 } : { $0 - 1 } }
print(pick(true)(5), pick(false)(5)) // expect: 6 4
let lazyValue = { () -> Int in print("made", terminator: " "); return 7 }
print(lazyValue() + lazyValue()) // expect: made made 14
