let best = null

// expect error: NameError: there is no 'null' here
// expect error: In [1], line 1
// expect error: |            ^~~~
// expect error: hint: use nil
