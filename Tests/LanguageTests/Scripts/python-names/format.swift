print("{} items".format(3))

// expect error: NameError: String has no 'format': use an interpolation: "\(x)"
// expect error: In [1], line 1
// expect error: |                  ^~~~~~
