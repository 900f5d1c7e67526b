let n = 5
print("n is " + str(n))

// expect error: NameError: there is no 'str' here
// expect error: In [1], line 2
// expect error: |                 ^~~
// expect error: hint: write String(n)
