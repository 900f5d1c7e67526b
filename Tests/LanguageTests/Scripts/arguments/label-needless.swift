func twice(_ n: Int) -> Int { 2 * n }
print(twice(n: 3))

// expect error: ArgumentError: twice: this argument has no label
// expect error: In [1], line 2
// expect error: |             ^
// expect error: note: declared as twice(_ n: Int) -> Int
// expect error: hint: leave 'n:' out
