// Loops over numbered elements, pairs of arrays and entries; the arrays are gone through as they were.
var values = [10, 20, 30]
for (index, value) in values.enumerated() {
    values[index] = value + index
    if index == 0 { values.append(99) }
}
print(values)  // expect: [10, 21, 32, 99]
for (a, b) in zip(["x", "y", "z"], [1.5, 2.5]) { print(a, b, terminator: " ") }
print("|")  // expect: x 1.5 y 2.5 |
for (_, b) in zip(values, values.reversed()) where b > 30 { print(b, terminator: " ") }
print("|")  // expect: 99 32 |
for i in values.indices.reversed() { print(i, terminator: " ") }
for i in values.indices { print(i, terminator: " ") }
print("|")  // expect: 3 2 1 0 0 1 2 3 |
var sum = 0
for (key, value) in ["a": 1, "b": 2] { sum += value * (key == "a" ? 10 : 1) }
print(sum)  // expect: 12
for pair in [(1, "one"), (2, "two")] { print(pair.0, pair.1, terminator: " ") }
for (number, _) in [(3, "three")] { print(number) }  // expect: 1 one 2 two 3
var keep: [() -> Int] = []
for value in values { keep.append({ value * 2 }) }
print(keep.map { $0() })  // expect: [20, 42, 64, 198]
for var value in [1, 2] {
    value *= 10
    print(value, terminator: " ")
}
print("|")  // expect: 10 20 |
for character in "h\u{e9}\r\nA" { print(character == "\r\n", terminator: " ") }
print("|")  // expect: false false true false |
