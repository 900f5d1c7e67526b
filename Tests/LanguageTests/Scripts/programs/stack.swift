// A stack machine and closures kept in a table.
var stack: [Int] = []
let operations: [String: (Int, Int) -> Int] = ["+": { $0 + $1 }, "-": { $0 - $1 }, "*": { $0 * $1 }, "max": { max($0, $1) }]
for word in "3 4 + 2 * 5 7 max -".split(separator: " ") {
    if let n = Int(word) { stack.append(n); continue }
    guard let f = operations[String(word)], let b = stack.popLast(), let a = stack.popLast() else { print("error"); break }
    stack.append(f(a, b))
}
print(stack) // expect: [7]
func balanced(_ s: String) -> Bool {
    let pairs: [Character: Character] = [")": "(", "]": "[", "}": "{"]
    var open: [Character] = []
    for c in s {
        if pairs.values.contains(c) { open.append(c) }
        else if let p = pairs[c] { if open.popLast() != p { return false } }
    }
    return open.isEmpty
}
print(balanced("([]{})"), balanced("([)]"), balanced("(("), balanced("")) // expect: true false false true
