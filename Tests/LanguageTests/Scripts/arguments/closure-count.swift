let add = { (a: Int) in a + 1 }
print(add(1, 2))

// expect error: ArgumentError: this function takes 1 argument, got 2
// expect error: In [1], line 2
// expect error: |       ^~~~~~~~~
