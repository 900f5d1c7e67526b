// assert and precondition: the message is computed only where the check fails.
var computed = 0
func message(_ n: Int) -> String { computed += 1; return "n is \(n)" }
assert(1 < 2, message(1))
precondition(2 > 1, "never \(message(2))")
let missing: String? = nil
assert(missing == nil, missing! + "!")
print(computed) // expect: 0
assert([1, 2].count == 2)
precondition(true)
func positive(_ n: Int) -> Int { precondition(n > 0, "got \(n)"); return n }
print(positive(3)) // expect: 3
