let x = try Tensor([-1, 2])
try x.relu()
print(x) // expect: [-1.0, 2.0]

// expect warning: the result of 'relu' is not used
// expect warning: In [1], line 2
// expect warning: |     ^~~~~~~~
// expect warning: hint: write x = x.relu()
