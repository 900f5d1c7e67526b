let n = 2.0
print(n.sqrt())

// expect error: NameError: Double has no 'sqrt'
// expect error: In [1], line 2
// expect error: |         ^~~~
// expect error: hint: write sqrt(n)
