func twice(_ n: Imt) -> Int { 2 * n }

// expect error: NameError: there is no type 'Imt'
// expect error: In [1], line 1
// expect error: |                 ^~~
// expect error: hint: use Int
