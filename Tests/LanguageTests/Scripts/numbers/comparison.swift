// Comparison, equality and ranges of numbers.
print(1 < 2, 2 <= 2, 3 > 4, 3 >= 3, 1 == 1, 1 != 1) // expect: true true false true true false
print(1 < 2 && 2 < 3, 1.5 > 1, 2 == 2.0) // expect: true true true
print((1...10) ~= 5, (1..<10).contains(10), 3 == 3 ? "same" : "other") // expect: true false same
print((1, 2) < (1, 3), (1, "b") < (2, "a"), (1, 2) == (1, 2), (2, 1) > (1, 9)) // expect: true true true true
print([1, 2] == [1, 2], [1, 2] != [2, 1], ["a": 1] == ["a": 1], Set([1, 2]) == [2, 1]) // expect: true true true true
