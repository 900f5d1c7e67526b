// while with conditions of several kinds.
var n = 27, steps = 0
while n != 1 { n = n % 2 == 0 ? n / 2 : 3 * n + 1; steps += 1 }
print(steps) // expect: 111
var stack = [1, 2, 3], sum = 0
while let top = stack.popLast(), top > 1 { sum += top }
print(sum, stack) // expect: 5 []
var i = 0
while true { i += 1; if i % 2 == 0 { continue }; if i > 6 { break } }
print(i) // expect: 7
var text = "aaab"[...]
while text.first == "a" { text = text.dropFirst() }
print(text) // expect: b
var values: [Int?] = [1, 2, nil, 4], found: [Int] = []
while case let v?? = values.first { found.append(v); values.removeFirst() }
print(found, values.count) // expect: [1, 2] 2
var x = 100.0
repeat { x /= 2 } while x > 1
print(x) // expect: 0.78125
