let x = torch.zeros(2, 3)

// expect error: NameError: there is no 'torch.zeros' here
// expect error: In [1], line 1
// expect error: |         ^~~~~~~~~~~
// expect error: hint: use Tensor.zeros([2, 3])
