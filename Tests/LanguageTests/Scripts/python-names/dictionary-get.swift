let ages = ["Ann": 30]
print(ages.get("Ann", 0))

// expect error: NameError: Dictionary has no 'get': use d[key] ?? value
// expect error: In [1], line 2
// expect error: |            ^~~
