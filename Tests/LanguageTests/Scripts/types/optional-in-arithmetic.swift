let ages = ["Ann": 30]
print(ages["Ann"] + 1)

// expect error: TypeError: cannot apply '+' to Int? and Int
// expect error: In [1], line 2
// expect error: |       ^~~~~~~~~~~~~~~
// expect error: hint: unwrap it: ages["Ann"] ?? 0
