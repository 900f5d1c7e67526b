let x = Tensor.zeros([2, 3])
print(x.permute(1, 0))

// expect error: NameError: Tensor has no 'permute': use transposed(1, 0)
// expect error: In [1], line 2
// expect error: |         ^~~~~~~
