let value: Any = 3
print(isinstance(value, Int))

// expect error: NameError: there is no 'isinstance' here
// expect error: In [1], line 2
// expect error: |       ^~~~~~~~~~
// expect error: hint: write value is Int
