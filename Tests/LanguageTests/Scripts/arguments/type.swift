func twice(_ n: Int) -> Int { 2 * n }
print(twice("3"))

// expect error: TypeError: twice, argument n: expected Int, got String
// expect error: In [1], line 2
// expect error: |             ^~~
// expect error: hint: leave the quotes out: 3
