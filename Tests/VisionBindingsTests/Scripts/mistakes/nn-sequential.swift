let model = nn.Sequential(nn.Linear(4, 2), nn.ReLU())

// expect error: NameError: there is no 'nn.Sequential' here
// expect error: In [1], line 1
// expect error: |             ^~~~~~~~~~~~~
// expect error: hint: use Sequential { ... }
