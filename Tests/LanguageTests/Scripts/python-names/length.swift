print("hello".length)

// expect error: NameError: String has no 'length': use count
// expect error: In [1], line 1
// expect error: |               ^~~~~~
