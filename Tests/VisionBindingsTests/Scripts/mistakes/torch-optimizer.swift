let model = Sequential { Linear(4, 2) }
let optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

// expect error: NameError: there is no 'torch.optim.Adam' here
// expect error: In [1], line 2
// expect error: |                 ^~~~~~~~~~~~~~~~
// expect error: hint: use Adam(learningRate: 1e-3)
