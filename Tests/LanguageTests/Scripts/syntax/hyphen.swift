let learning-rate = 0.1

// expect error: SyntaxError: a name has no '-'
// expect error: In [1], line 1
// expect error: |     ^~~~~~~~~~~~~
// expect error: hint: write let learningRate = 0.1
