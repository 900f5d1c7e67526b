// Recursive functions and closures.
func fact(_ n: Int) -> Int { n < 2 ? 1 : n * fact(n - 1) }
print(fact(20)) // expect: 2432902008176640000
func hanoi(_ n: Int, _ a: String, _ b: String, _ c: String) -> Int {
    n == 0 ? 0 : hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
}
print(hanoi(5, "a", "b", "c")) // expect: 31
func permutations(_ a: [Int]) -> [[Int]] {
    a.isEmpty ? [[]] : a.indices.flatMap { i -> [[Int]] in
        var rest = a
        let x = rest.remove(at: i)
        return permutations(rest).map { [x] + $0 }
    }
}
print(permutations([1, 2, 3]).count, permutations([1, 2])[1]) // expect: 6 [2, 1]
var fib: (Int) -> Int = { _ in 0 }
fib = { n in n < 2 ? n : fib(n - 1) + fib(n - 2) }
print(fib(15)) // expect: 610
func ack(_ m: Int, _ n: Int) -> Int { m == 0 ? n + 1 : n == 0 ? ack(m - 1, 1) : ack(m - 1, ack(m, n - 1)) }
print(ack(2, 3)) // expect: 9
func depth(_ n: Int) -> Int { n == 0 ? 0 : 1 + depth(n - 1) }
print(depth(1000)) // expect: 1000
