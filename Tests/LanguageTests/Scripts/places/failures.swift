// What a function was lent is back in its place when the function fails.
enum Failure: Error { case late }
struct Account {
    var entries: [Int] = []
    mutating func deposit(_ amount: Int) throws {
        entries.append(amount)
        if amount < 0 { throw Failure.late }
    }
}
var accounts = [Account(), Account()]
do {
    try accounts[1].deposit(5)
    try accounts[1].deposit(-1)
    try accounts[1].deposit(7)
} catch {
    print("caught", error)  // expect: caught late
}
print(accounts[1].entries, accounts[0].entries)  // expect: [5, -1] []
func fill(_ list: inout [Int], _ count: Int) throws {
    for i in 0..<count {
        if i == 2 { throw Failure.late }
        list.append(i)
    }
}
var lists = ["a": [1]]
var plain: [[Int]] = [[], [8]]
try? fill(&plain[1], 5)
try? fill(&lists["a"]!, 5)
print(plain, lists["a"]!)  // expect: [[], [8, 0, 1]] [1, 0, 1]
