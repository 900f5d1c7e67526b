let n = 3
print("n is " + n)

// expect error: TypeError: cannot apply '+' to String and Int
// expect error: In [1], line 2
// expect error: |       ^~~~~~~~~~~
// expect error: hint: write "\(n)" or String(n)
