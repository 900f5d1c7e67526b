enum Op { case push(Int), add, multiply, dup }
struct Machine {
    private(set) var stack: [Int] = []
    mutating func run(_ program: [Op]) {
        for op in program {
            switch op {
            case .push(let n): stack.append(n)
            case .add: stack.append(stack.removeLast() + stack.removeLast())
            case .multiply: stack.append(stack.removeLast() * stack.removeLast())
            case .dup: if let top = stack.last { stack.append(top) }
            }
        }
    }
}
var machine = Machine()
machine.run([.push(3), .dup, .multiply, .push(4), .dup, .multiply, .add])
print(machine.stack)
let snapshot = machine
machine.run([.push(1)])
print(snapshot.stack, machine.stack)
// expect: [25]
// expect: [25] [25, 1]
