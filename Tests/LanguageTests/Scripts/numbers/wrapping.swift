// Overflow operators wrap around.
print(Int.max &+ 1 == Int.min, Int.min &- 1 == Int.max, Int.max &* 2) // expect: true true -2
print(5 &+ 3, 5 &- 8, 5 &* 3) // expect: 8 -3 15
var n = Int.max
n &+= 1
print(n == Int.min) // expect: true
