let values = [3, 1, 2]
print(sorted(values))

// expect error: NameError: there is no 'sorted' here
// expect error: In [1], line 2
// expect error: |       ^~~~~~
// expect error: hint: write values.sorted()
