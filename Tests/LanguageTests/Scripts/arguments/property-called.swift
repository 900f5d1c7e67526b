let values = [1, 2]
print(values.count())

// expect error: TypeError: a value of type Int cannot be called
// expect error: In [1], line 2
// expect error: |       ^~~~~~~~~~~~
// expect error: hint: leave the () out: values.count
