var total: Int
print(total)

// expect error: NameError: 'total' is used before it has a value
// expect error: In [1], line 2
// expect error: |       ^~~~~
// expect error: hint: give it one first: total = ...
