struct Account {
    var owner: String
    var balance = 0
    func describe() -> String { "\(owner) has \(balance)" }
    func describe(with prefix: String) -> String { prefix + describe() }
    mutating func deposit(_ amount: Int) { balance += amount }
    mutating func deposit(_ amounts: Int...) {
        for amount in amounts { deposit(amount) }
    }
    mutating func withdraw(_ amount: Int, limit: Int = 0) -> Bool {
        guard balance - amount >= limit else { return false }
        balance -= amount
        return true
    }
}
var account = Account(owner: "Ada")
account.deposit(50)
account.deposit(1, 2, 3)
print(account.describe())
print(account.withdraw(100), account.withdraw(40), account.withdraw(20, limit: -10))
print(account.describe(with: "now: "))
// expect: Ada has 56
// expect: false true true
// expect: now: Ada has -4
