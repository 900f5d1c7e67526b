let x = np.array([1, 2, 3])

// expect error: NameError: there is no 'np.array' here
// expect error: In [1], line 1
// expect error: |         ^~~~~~~~
// expect error: hint: use Tensor([1, 2, 3])
