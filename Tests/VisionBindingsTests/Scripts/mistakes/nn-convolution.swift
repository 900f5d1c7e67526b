let layer = nn.Conv2d(3, 16, 3, padding=1)

// expect error: NameError: there is no 'nn.Conv2d' here
// expect error: In [1], line 1
// expect error: |             ^~~~~~~~~
// expect error: hint: use Conv2d(3, 16, kernel: 3, padding: 1)
