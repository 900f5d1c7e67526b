// Integer literals in four bases, with separators and signs.
print(0, 42, -7, 1_000_000) // expect: 0 42 -7 1000000
print(0xFF, 0o17, 0b1010_1010) // expect: 255 15 170
print(-0x10, +5, -3) // expect: -16 5 -3
print(Int.max, Int.min) // expect: 9223372036854775807 -9223372036854775808
let negative = -9223372036854775808
print(negative == Int.min) // expect: true
print(0x7fff_ffff_ffff_ffff == Int.max) // expect: true
let zero = 000
print(zero, 007) // expect: 0 7
