print("hello".upper())

// expect error: NameError: String has no 'upper': use uppercased()
// expect error: In [1], line 1
// expect error: |               ^~~~~
