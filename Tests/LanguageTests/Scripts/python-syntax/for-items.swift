let ages = ["Ann": 30, "Ben": 40]
for name, age in ages.items():
    print(name, age)

// expect error: SyntaxError: a block stands in braces, where Python has ':'
// expect error: In [1], line 2
// expect error: |                              ^
// expect error: hint: write for (name, age) in ages {
