print(1 <> 2)

// expect error: NameError: there is no operator '<>'
// expect error: In [1], line 1
// expect error: |         ^~
// expect error: hint: use !=
