let ages = ["Ann": 30]
print(ages.Ann)

// expect error: NameError: [String: Int] has no 'Ann'
// expect error: In [1], line 2
// expect error: |            ^~~
// expect error: hint: write ages["Ann"]
