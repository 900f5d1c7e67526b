let x = Tensor.zeros([2, 3])
print(x.unsqueeze(1).shape)

// expect error: NameError: Tensor has no 'unsqueeze': use expandedDimensions(axis: 1)
// expect error: In [1], line 2
// expect error: |         ^~~~~~~~~
