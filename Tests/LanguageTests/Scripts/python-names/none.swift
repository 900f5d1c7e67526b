let best = None

// expect error: NameError: there is no 'None' here
// expect error: In [1], line 1
// expect error: |            ^~~~
// expect error: hint: use nil
