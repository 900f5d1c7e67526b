// Numbers to text and back.
print(String(42), String(2.5), String(true), String("x")) // expect: 42 2.5 true x
print(String(255, radix: 16), String(5, radix: 2), String(-10, radix: 3)) // expect: ff 101 -101
print(Int("42")!, Int("-7")!, Int("4x") ?? -1, Int("") ?? -2, Int(" 3") ?? -3) // expect: 42 -7 -1 -2 -3
print(Int("ff", radix: 16)!, Int("102", radix: 2) ?? -1) // expect: 255 -1
print(Double("2.5")!, Double("1e3")!, Double("abc") ?? 0, Double("inf")!) // expect: 2.5 1000.0 0.0 inf
print(Float("0.1")!, Bool("false")!) // expect: 0.1 false
print(String(describing: [1, 2]), String(describing: 3)) // expect: [1, 2] 3
print(String(repeating: "ab", count: 3), String(repeating: "-", count: 0).isEmpty) // expect: ababab true
print([3, 1].map(String.init).joined(separator: "+")) // expect: 3+1
print("x".description, 5.description, 2.5.description) // expect: x 5 2.5
print(String(["a", "b"] as [Character])) // expect: ab
