// Enumeration cases in if, guard, for and while.
enum Event { case key(Character, shift: Bool), move(x: Int, y: Int), quit }
let events: [Event] = [.key("a", shift: false), .move(x: 1, y: 2), .key("B", shift: true), .quit]
for case .key(let c, let shift) in events { print(c, shift, terminator: "; ") }
print() // expect: a false; B true; 
for case .key(let c, shift: true) in events { print("shifted", c) } // expect: shifted B
if case .move(let x, let y) = events[1], x < y { print(x, y) } // expect: 1 2
if case .quit = events[3] { print("over") } // expect: over
func name(_ e: Event) -> String {
    guard case let .move(x, y) = e else { return "no move" }
    return "\(x),\(y)"
}
print(events.map(name)) // expect: ["no move", "1,2", "no move", "no move"]
var queue = events
while case .key(let c, _)? = queue.first { print("key", c); queue.removeFirst() } // expect: key a
print(queue.count, events.filter { if case .key = $0 { true } else { false } }.count) // expect: 3 2
let moves = events.compactMap { e -> Int? in if case .move(_, let y) = e { return y }; return nil }
print(moves) // expect: [2]
