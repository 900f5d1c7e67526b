let values = [1.0, 2.0]
print(np.mean(values))

// expect error: NameError: there is no 'np.mean' here
// expect error: In [1], line 2
// expect error: |       ^~~~~~~
// expect error: hint: use Tensor(values).mean()
