print(#line)

// expect error: UnsupportedError: the macro #line is not part of this language
// expect error: In [1], line 1
// expect error: |       ^~~~~
// expect error: hint: write out what it stands for
