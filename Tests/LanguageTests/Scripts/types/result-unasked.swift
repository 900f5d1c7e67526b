func twice(_ n: Int) { return 2 * n }

// expect error: TypeError: return: this function returns nothing, got Int
// expect error: In [1], line 1
// expect error: |                               ^~~~~
// expect error: hint: declare its result with -> Int
