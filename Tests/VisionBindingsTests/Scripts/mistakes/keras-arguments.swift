let model = Sequential { Flatten(); Linear(784, 10) }
fit(model, data, epochs: 3)

// expect error: ArgumentError: fit: this argument needs its label 'train:'
// expect error: In [1], line 2
// expect error: |            ^~~~
// expect error: note: declared as fit(_ model: Layer, train: ImageDataset, validation: ImageDataset? = nil,
// expect error: hint: write train: data
