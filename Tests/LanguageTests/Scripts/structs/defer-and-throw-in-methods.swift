enum Fault: Error { case overdrawn(by: Int) }
struct Account {
    var balance = 10
    var log: [String] = []
    mutating func withdraw(_ n: Int) throws -> Int {
        defer { log.append("tried \(n)") }
        guard n <= balance else { throw Fault.overdrawn(by: n - balance) }
        balance -= n
        return balance
    }
}
var account = Account()
print(try account.withdraw(4))
do { print(try account.withdraw(40)) } catch Fault.overdrawn(let n) { print("by", n) }
print(account.log, account.balance, (try? account.withdraw(1)) ?? -1)
// expect: 6
// expect: by 34
// expect: ["tried 4", "tried 40"] 6 5
