func twice(_ n: int) -> Int { 2 * n }

// expect error: NameError: there is no type 'int'
// expect error: In [1], line 1
// expect error: |                 ^~~
// expect error: hint: use Int
