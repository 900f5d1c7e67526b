let model = Sequential(Linear(4, 2), ReLU())

// expect error: ArgumentError: Sequential: the values belong together, into one argument
// expect error: In [1], line 1
// expect error: |                                      ^~~~~~
// expect error: note: declared as Sequential(_ layers: { Layer ... })
// expect error: hint: put them into braces: Sequential { Linear(4, 2); ReLU() }
