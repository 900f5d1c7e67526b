let x = Tensor.zeros([2, 3])
print(x.view(3, 2))

// expect error: NameError: Tensor has no 'view': use reshaped(3, 2)
// expect error: In [1], line 2
// expect error: |         ^~~~
