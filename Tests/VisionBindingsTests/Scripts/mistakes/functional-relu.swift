let x = Tensor([-1, 2])
print(F.relu(x))

// expect error: NameError: there is no 'F.relu' here
// expect error: In [1], line 2
// expect error: |       ^~~~~~
// expect error: hint: use x.relu()
