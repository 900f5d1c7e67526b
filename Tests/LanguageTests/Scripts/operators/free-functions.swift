struct Set2 { var bits: Int }
func | (a: Set2, b: Set2) -> Set2 { Set2(bits: a.bits | b.bits) }
func & (a: Set2, b: Set2) -> Set2 { Set2(bits: a.bits & b.bits) }
func ^ (a: Set2, b: Set2) -> Set2 { Set2(bits: a.bits ^ b.bits) }
prefix func ~ (a: Set2) -> Set2 { Set2(bits: ~a.bits) }
prefix func ! (a: Set2) -> Bool { a.bits == 0 }
func << (a: Set2, n: Int) -> Set2 { Set2(bits: a.bits << n) }
func % (a: Set2, n: Int) -> Int { a.bits % n }
let a = Set2(bits: 12), b = Set2(bits: 10)
print((a | b).bits, (a & b).bits, (a ^ b).bits, (~a).bits, !a, !Set2(bits: 0), (a << 2).bits, b % 4)
// expect: 14 8 6 -13 false true 48 2
