let n = int(3.7)

// expect error: NameError: there is no 'int' here
// expect error: In [1], line 1
// expect error: |         ^~~
// expect error: hint: write Int(3.7)
