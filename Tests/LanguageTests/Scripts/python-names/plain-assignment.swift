x = 5
print(x)

// expect error: NameError: there is no 'x' here
// expect error: In [1], line 1
// expect error: | ^
// expect error: hint: write let x = 5, or var where it changes later
