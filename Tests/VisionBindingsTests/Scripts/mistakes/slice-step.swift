let x = Tensor.zeros([4, 4])
print(x[0:4:2])

// expect error: SyntaxError: Swift cuts a piece out with a range, not with ':'
// expect error: In [1], line 2
// expect error: |        ^~~~~~~
// expect error: hint: write print(x[.stride(from: 0, to: 4, by: 2)])
