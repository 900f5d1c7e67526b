// Closures over tuples, dictionaries and structures.
struct Item { let name: String; var price: Double }
let items = [Item(name: "b", price: 2), Item(name: "a", price: 3.5), Item(name: "c", price: 1)]
print(items.sorted { $0.price < $1.price }.map { $0.name }, items.map { $0.price }.reduce(0, +)) // expect: ["c", "b", "a"] 6.5
print(items.max { $0.price < $1.price }!.name, items.first { $0.price < 2 }?.name ?? "none") // expect: a c
let total = items.reduce(0.0) { $0 + $1.price }
print(total, items.filter { $0.price > 1.5 }.map { $0.name.count }.reduce(0, +)) // expect: 6.5 2
let scores = ["ann": 3, "bob": 5]
print(scores.max { $0.value < $1.value }!.key, scores.map { key, value in "\(key)\(value)" }.sorted()) // expect: bob ["ann3", "bob5"]
print(scores.sorted { $0.value > $1.value }.map { "\($0.key):\($0.value)" }, scores.mapValues { $0 > 3 }["bob"]!) // expect: ["bob:5", "ann:3"] true
let byPrice = Dictionary(grouping: items) { $0.price > 1.5 }
print(byPrice[true]!.count, byPrice[false]!.count) // expect: 2 1
var mutable = items
for i in mutable.indices { mutable[i].price *= 2 }
print(mutable.map { $0.price }, items[0].price) // expect: [4.0, 7.0, 2.0] 2.0
