// Functions over Any and over closures stand where generics would.
func repeated(_ n: Int, _ body: (Int) -> Void) { for i in 0..<n { body(i) } }
repeated(3) { print($0, terminator: " ") }
print() // expect: 0 1 2 
func timesTable(_ n: Int) -> [[Int]] { (1...n).map { i in (1...n).map { i * $0 } } }
print(timesTable(3)) // expect: [[1, 2, 3], [2, 4, 6], [3, 6, 9]]
func pipeline(_ steps: [(Double) -> Double]) -> (Double) -> Double { { x in steps.reduce(x) { $1($0) } } }
print(pipeline([{ $0 + 1 }, { $0 * 2 }, sqrt])(7)) // expect: 4.0
func until(_ limit: Int, from start: Int, step: (Int) -> Int) -> [Int] {
    var result = [start]
    while let last = result.last, last < limit { result.append(step(last)) }
    return result
}
print(until(50, from: 1) { $0 * 3 }, until(5, from: 1, step: { n in n + 2 })) // expect: [1, 3, 9, 27, 81] [1, 3, 5]
