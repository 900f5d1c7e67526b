let x = Tensor([1, 2])
print(torch.exp(x))

// expect error: NameError: there is no 'torch.exp' here
// expect error: In [1], line 2
// expect error: |       ^~~~~~~~~
// expect error: hint: use x.exp()
