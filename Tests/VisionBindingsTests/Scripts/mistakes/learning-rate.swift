let optimizer = Adam(lr: 0.001)

// expect error: ArgumentError: Adam has no label 'lr:': use learningRate:
// expect error: In [1], line 1
// expect error: |                      ^~
// expect error: note: declared as Adam(learningRate: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
