// Closures that keep state and share it.
func counter(from start: Int, step: Int = 1) -> () -> Int {
    var n = start - step
    return { n += step; return n }
}
let a = counter(from: 1), b = counter(from: 10, step: 10)
print(a(), a(), b(), a(), b()) // expect: 1 2 10 3 20
func account() -> (deposit: (Int) -> Void, withdraw: (Int) -> Bool, balance: () -> Int) {
    var balance = 0
    return ({ balance += $0 }, { if $0 > balance { return false }; balance -= $0; return true }, { balance })
}
let acc = account()
acc.deposit(100)
print(acc.withdraw(30), acc.withdraw(100), acc.balance()) // expect: true false 70
var log: [String] = []
let note = { (s: String) in log.append(s) }
["a", "b"].forEach(note)
print(log) // expect: ["a", "b"]
func twice(_ f: @escaping () -> Void) -> () -> Void { { f(); f() } }
var n = 0
twice(twice { n += 1 })()
print(n) // expect: 4
var tasks: [() -> String] = []
for (i, name) in ["x", "y"].enumerated() { tasks.append { "\(i)\(name)\(log.count)" } }
log.append("c")
print(tasks.map { $0() }) // expect: ["0x3", "1y3"]
