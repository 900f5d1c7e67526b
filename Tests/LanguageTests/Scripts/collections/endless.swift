// Sequences without an end, of which only a part is taken.
print((1...).first { $0 * $0 > 50 }!, zip(1..., ["a", "b"]).map { "\($0)\($1)" }) // expect: 8 ["1a", "2b"]
print((5...).prefix(3).map { $0 }, Array(zip("ab", 1...)).count) // expect: [5, 6, 7] 2
for n in 10... { if n > 12 { break }; print(n, terminator: " ") }
print() // expect: 10 11 12 
print(Array(sequence(first: 1) { $0 < 100 ? $0 * 3 : nil }), sequence(first: 16, next: { $0 > 1 ? $0 / 2 : nil }).reduce(0, +))
// expect: [1, 3, 9, 27, 81, 243] 31
print(Array(sequence(first: 2) { $0 * $0 }.prefix(4))) // expect: [2, 4, 16, 256]
for word in sequence(first: "a", next: { $0.count < 3 ? $0 + "b" : nil }) { print(word, terminator: " ") }
print() // expect: a ab abb 
