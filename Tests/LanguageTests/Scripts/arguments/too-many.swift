func twice(_ n: Int) -> Int { 2 * n }
print(twice(3, 4))

// expect error: ArgumentError: twice: expected 1 argument, got 2
// expect error: In [1], line 2
// expect error: |                ^
// expect error: note: declared as twice(_ n: Int) -> Int
