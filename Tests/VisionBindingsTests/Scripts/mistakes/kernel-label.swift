let layer = Conv2d(1, 6, 5)

// expect error: ArgumentError: Conv2d: this argument needs its label 'kernel:'
// expect error: In [1], line 1
// expect error: |                          ^
// expect error: note: declared as Conv2d(_ inputs: Int, _ outputs: Int, kernel: IntOrPair, stride: IntOrPair = 1,
// expect error: hint: write Conv2d(1, 6, kernel: 5)
