let x = Tensor([1, 2])
x.shape[0] = 3

// expect error: TypeError: 'shape' of Tensor is read only
// expect error: In [1], line 2
// expect error: | ^~~~~~~~~~
