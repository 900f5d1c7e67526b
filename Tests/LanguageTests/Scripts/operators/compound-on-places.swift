struct Money: CustomStringConvertible {
    var cents: Int
    static func += (left: inout Money, right: Money) { left.cents += right.cents }
    static func += (left: inout Money, right: Int) { left.cents += right }
    var description: String { "\(cents)c" }
}
struct Wallet { var money = Money(cents: 5); var pockets: [Money] = []; var named: [String: Money] = [:] }
var wallet = Wallet()
wallet.money += Money(cents: 10)
wallet.pockets.append(Money(cents: 1))
wallet.pockets[0] += 4
wallet.named["a", default: Money(cents: 100)] += Money(cents: 1)
wallet.named["a"]? += 1
print(wallet.money, wallet.pockets, wallet.named["a"] ?? Money(cents: 0))
// expect: 15c [5c] 102c
