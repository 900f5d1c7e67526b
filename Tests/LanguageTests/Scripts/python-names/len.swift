let values = [1, 2, 3]
print(len(values))

// expect error: NameError: there is no 'len' here
// expect error: In [1], line 2
// expect error: |       ^~~
// expect error: hint: write values.count
