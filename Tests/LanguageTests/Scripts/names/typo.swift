let learningRate = 0.1
print(learningrate)

// expect error: NameError: there is no 'learningrate' here
// expect error: In [1], line 2
// expect error: |       ^~~~~~~~~~~~
// expect error: hint: did you mean learningRate?
