// Assigning to part of an array.
var a = [1, 2, 3, 4, 5]
a[1...2] = [20, 30, 40]
print(a) // expect: [1, 20, 30, 40, 4, 5]
a[0..<1] = []
print(a) // expect: [20, 30, 40, 4, 5]
a[a.count...] = [6, 7]
print(a) // expect: [20, 30, 40, 4, 5, 6, 7]
a[..<2] = a[3...4]
print(a) // expect: [4, 5, 40, 4, 5, 6, 7]
var b = [0, 0, 0, 0]
b[1...] = [1, 2, 3]
b[2...3].reverse()
print(b, b[1...].max()!) // expect: [0, 1, 3, 2] 3
b[0...1].swapAt(0, 1)
print(b) // expect: [1, 0, 3, 2]
