// Bits: and, or, exclusive or, not, shifts.
print(6 & 3, 6 | 3, 6 ^ 3, ~0, ~5) // expect: 2 7 5 -1 -6
print(1 << 4, 256 >> 4, -16 >> 2, 1 << 62) // expect: 16 16 -4 4611686018427387904
print(1 << 64, 1 << 100, 5 >> 70, -5 >> 70, 8 << -1, 8 >> -1) // expect: 0 0 0 -1 4 16
print(5 & 1 == 1, 1 | 2 << 1) // expect: true 5
var flags = 0
flags |= 4; flags ^= 6; flags &= 3; flags <<= 3; flags >>= 1
print(flags) // expect: 8
print(255.nonzeroBitCount, 8.trailingZeroBitCount, 1.leadingZeroBitCount, Int.bitWidth) // expect: 8 3 63 64
