struct Multiple {
    let n: Int
    static func ~= (pattern: Multiple, value: Int) -> Bool { value % pattern.n == 0 }
}
func classify(_ n: Int) -> String {
    switch n {
    case Multiple(n: 15): "fizzbuzz"
    case Multiple(n: 5): "buzz"
    case Multiple(n: 3): "fizz"
    default: "\(n)"
    }
}
print((1...15).map { classify($0) })
print(Multiple(n: 2) ~= 4)
// expect: ["1", "2", "fizz", "4", "buzz", "fizz", "7", "8", "fizz", "buzz", "11", "fizz", "13", "14", "fizzbuzz"]
// expect: true
