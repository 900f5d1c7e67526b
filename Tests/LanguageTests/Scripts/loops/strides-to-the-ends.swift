// Strides that end at, or near, the ends of Int.
var seen: [Int] = []
for n in stride(from: Int.max - 5, through: Int.max, by: 2) { seen.append(Int.max - n) }
print(seen) // expect: [5, 3, 1]
seen = []
for n in stride(from: Int.min + 3, to: Int.min, by: -2) { seen.append(n - Int.min) }
print(seen) // expect: [3, 1]
seen = []
for n in stride(from: 0, to: 10, by: 3) { seen.append(n) }
for n in stride(from: 10, through: 0, by: -5) { seen.append(n) }
print(seen) // expect: [0, 3, 6, 9, 10, 5, 0]
for n in stride(from: 0, to: 0, by: 1) { print(n) }
for n in stride(from: 3, through: 3, by: 7) { print(n) } // expect: 3
var turns = 0
for n in stride(from: Int.min, through: Int.max, by: 1 << 62) {
    turns += 1
    if turns == 1 { print(n == Int.min) } // expect: true
}
print(turns) // expect: 4
