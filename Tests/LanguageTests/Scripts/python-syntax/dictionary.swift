let ages = {"Ann": 30, "Ben": 40}
print(ages)

// expect error: SyntaxError: a dictionary stands in square brackets
// expect error: In [1], line 1
// expect error: |            ^~~~~~~~~~~~~~~~~~~~~~
// expect error: hint: write let ages = ["Ann": 30, "Ben": 40]
