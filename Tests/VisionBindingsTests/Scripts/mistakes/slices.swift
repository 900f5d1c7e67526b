let x = Tensor.zeros([4, 4])
print(x[:, 1:3])

// expect error: SyntaxError: Swift cuts a piece out with a range, not with ':'
// expect error: In [1], line 2
// expect error: |        ^~~~~~~~
// expect error: hint: write print(x[0..., 1..<3])
