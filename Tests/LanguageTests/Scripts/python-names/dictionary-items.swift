let ages = ["Ann": 30]
print(ages.items())

// expect error: NameError: Dictionary has no 'items': use the dictionary itself: for (key, value) in d
// expect error: In [1], line 2
// expect error: |            ^~~~~
