func twice(_ n: Int) -> Int { print(n) }

// expect error: TypeError: return: expected Int, got Void
// expect error: In [1], line 1
// expect error: |                               ^~~~~~~~
