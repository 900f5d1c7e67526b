struct Sorter {
    var comparisons = 0
    mutating func sort(_ list: [Int]) -> [Int] {
        guard list.count > 1 else { return list }
        let pivot = list[0]
        var low: [Int] = [], high: [Int] = []
        for x in list.dropFirst() {
            comparisons += 1
            if x < pivot { low.append(x) } else { high.append(x) }
        }
        return sort(low) + [pivot] + sort(high)
    }
}
var sorter = Sorter()
print(sorter.sort([3, 1, 4, 1, 5, 9, 2, 6]), sorter.comparisons)
func hanoi(_ n: Int, _ from: String, _ to: String, _ via: String, _ moves: inout [String]) {
    if n == 0 { return }
    hanoi(n - 1, from, via, to, &moves)
    moves.append(from + to)
    hanoi(n - 1, via, to, from, &moves)
}
var moves: [String] = []
hanoi(3, "a", "c", "b", &moves)
print(moves)
// expect: [1, 1, 2, 3, 4, 5, 6, 9] 16
// expect: ["ac", "ab", "cb", "ac", "ba", "bc", "ac"]
