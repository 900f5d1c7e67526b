// Eight queens by recursion.
func queens(_ n: Int) -> Int {
    var columns = Set<Int>(), up = Set<Int>(), down = Set<Int>()
    func place(_ row: Int) -> Int {
        if row == n { return 1 }
        var found = 0
        for c in 0..<n where !columns.contains(c) && !up.contains(row + c) && !down.contains(row - c) {
            columns.insert(c); up.insert(row + c); down.insert(row - c)
            found += place(row + 1)
            columns.remove(c); up.remove(row + c); down.remove(row - c)
        }
        return found
    }
    return place(0)
}
print(queens(4), queens(6)) // expect: 2 4
func subsets(_ a: [Int]) -> [[Int]] { a.reduce([[]]) { sets, x in sets + sets.map { $0 + [x] } } }
print(subsets([1, 2, 3]).count, subsets([1, 2])) // expect: 8 [[], [1], [2], [1, 2]]
func change(_ amount: Int, _ coins: ArraySlice<Int>) -> Int {
    if amount == 0 { return 1 }
    guard amount > 0, let c = coins.first else { return 0 }
    return change(amount - c, coins) + change(amount, coins.dropFirst())
}
print(change(100, [50, 25, 10, 5, 1])) // expect: 292
