enum Event { case key(Character), click(x: Int, y: Int), quit }
let events: [Event] = [.key("a"), .click(x: 1, y: 2), .quit, .click(x: 5, y: 0), .key("b")]
if case .key(let c) = events[0] { print("key", c) }
for case .click(let x, let y) in events where x > y { print("click", x, y) }
for case let .key(c) in events { print(c, terminator: " ") }
print()
func first(_ list: [Event]) -> Int {
    guard case .click(let x, _)? = list.first else { return -1 }
    return x
}
print(first(events), first([.click(x: 9, y: 0)]), first([]))
let isQuit = if case .quit = events[2] { true } else { false }
print(isQuit)
// expect: key a
// expect: click 5 0
// expect: a b 
// expect: -1 9 -1
// expect: true
