func train(epochs: Int, rate: Double) { print(epochs, rate) }
train(epochs: 3, rat: 0.1)

// expect error: ArgumentError: train: there is no argument 'rat:'
// expect error: In [1], line 2
// expect error: |                  ^~~
// expect error: note: declared as train(epochs: Int, rate: Double)
// expect error: hint: did you mean rate:?
