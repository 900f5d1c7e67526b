enum Mode { case training, testing }
let mode = Mode.trainig

// expect error: NameError: Mode has no 'trainig'
// expect error: In [1], line 2
// expect error: |                 ^~~~~~~
// expect error: hint: did you mean .training?
