var n = 3
n == 4
print(n) // expect: 3

// expect warning: the result of '==' is not used
// expect warning: In [1], line 2
// expect warning: | ^~~~~~
// expect warning: hint: write let result = n == 4, or _ = n == 4
