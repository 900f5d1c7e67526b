struct Pipeline {
    let steps: [(Int) -> Int]
    init(_ steps: ((Int) -> Int)...) { self.steps = steps }
    init(repeating count: Int, _ step: @escaping (Int) -> Int) {
        steps = Array(repeating: step, count: count)
    }
    func run(_ x: Int) -> Int { steps.reduce(x) { $1($0) } }
}
print(Pipeline({ $0 + 1 }, { $0 * 10 }).run(4))
print(Pipeline(repeating: 3) { $0 * 2 }.run(1))
// expect: 50
// expect: 8
