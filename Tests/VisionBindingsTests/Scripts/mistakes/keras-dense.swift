let model = Sequential { Dense(10) }

// expect error: NameError: there is no 'Dense' here
// expect error: In [1], line 1
// expect error: |                          ^~~~~
// expect error: hint: use Linear(400, 120)
