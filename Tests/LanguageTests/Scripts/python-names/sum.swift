let values = [1, 2, 3]
print(sum(values))

// expect error: NameError: there is no 'sum' here
// expect error: In [1], line 2
// expect error: |       ^~~
// expect error: hint: write values.reduce(0, +)
