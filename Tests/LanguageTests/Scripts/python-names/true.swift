let ready = True

// expect error: NameError: there is no 'True' here
// expect error: In [1], line 1
// expect error: |             ^~~~
// expect error: hint: use true
