print(math.sqrt(2))

// expect error: NameError: there is no 'math' here
// expect error: In [1], line 1
// expect error: |       ^~~~
// expect error: hint: use sqrt(x), sin(x) and so on directly
