struct Stack {
    private var storage: [Int] = []
    fileprivate var limit = 3
    internal var isEmpty: Bool { storage.isEmpty }
    public mutating func push(_ x: Int) -> Bool {
        guard storage.count < limit else { return false }
        storage.append(x)
        return true
    }
    mutating func pop() -> Int? { storage.popLast() }
    private func secret() -> Int { storage.count }
    var count: Int { secret() }
}
extension Stack {
    var total: Int { storage.reduce(0, +) }
}
var stack = Stack()
for i in 1...4 { print(stack.push(i), terminator: " ") }
print(stack.count, stack.total, stack.isEmpty)
print(stack.pop() ?? 0, stack.count)
// expect: true true true false 3 6 false
// expect: 3 2
