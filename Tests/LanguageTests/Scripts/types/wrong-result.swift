func twice(_ n: Int) -> Int { "\(n)" }

// expect error: TypeError: return: expected Int, got String
// expect error: In [1], line 1
// expect error: |                               ^~~~~~
// expect error: hint: convert it with Int("\(n)") ?? 0
