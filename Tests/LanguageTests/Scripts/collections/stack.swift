// Arrays as stacks, and elements exchanged in place.
var stack = [1, 2, 3]
let kept = stack
print(stack.removeLast(), stack.popLast() ?? 0, stack)  // expect: 3 2 [1]
while let top = stack.popLast() { print("took", top) }  // expect: took 1
print(stack.popLast() == nil, stack.isEmpty, kept)  // expect: true true [1, 2, 3]
var rows = [["a", "b"], ["c"]]
rows[0].swapAt(0, 1)
rows.swapAt(1, 0)
print(rows, rows[1].removeLast(), rows)  // expect: [["c"], ["b", "a"]] a [["c"], ["b"]]
struct Queue {
    var items: [(Int, String)] = []
    mutating func push(_ number: Int, _ name: String) { items.append((number, name)) }
    mutating func pop() -> String? { items.popLast()?.1 }
}
var queue = Queue()
queue.push(1, "one")
queue.push(2, "two")
print(queue.pop() ?? "-", queue.pop() ?? "-", queue.pop() ?? "-")  // expect: two one -
