let x = Tensor([1, 2])
print(mean(x))

// expect error: NameError: there is no 'mean' here
// expect error: In [1], line 2
// expect error: |       ^~~~
// expect error: hint: write x.mean()
