// A value that begins with a dot is of the type of those beside it.
enum Fruit { case apple, pear, box(Int) }
let list = [Fruit.apple, .pear, .box(2)]
print(list.count, list[2]) // expect: 3 box(2)
let turned = [.pear, Fruit.apple]
print(turned[0]) // expect: pear
let prices = ["a": Fruit.apple, "b": .pear]
print(prices["b"] ?? .apple) // expect: pear
let yes = list.count > 2
let chosen = yes ? Fruit.pear : .apple
print(chosen) // expect: pear
let other = yes ? .apple : Fruit.pear
print(other) // expect: apple
print([Double.pi, .infinity][1]) // expect: inf
// ---
enum Fruit { case apple, pear }
let list = [.apple, .pear] // expect error: '.apple' needs a type to belong to
// ---
enum Fruit { case apple, pear }
let list = [Fruit.apple, .plum] // expect error: Fruit has no
