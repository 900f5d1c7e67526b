func train(epochs: Int, rate: Double) { print(epochs, rate) }
train(epochs=3, rate=0.1)

// expect error: SyntaxError: an argument's label ends with ':', not with '='
// expect error: In [1], line 2
// expect error: |       ^~~~~~~~~
// expect error: hint: write train(epochs: 3, rate: 0.1)
