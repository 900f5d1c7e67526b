let x = Tensor([[1, 2]])
print(x.sum(dim=1))

// expect error: SyntaxError: an argument's label ends with ':', not with '='
// expect error: In [1], line 2
// expect error: |             ^~~~~
// expect error: hint: write x.sum(axis: 1)
