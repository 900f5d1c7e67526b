var values = [1]
values.extend([2, 3])

// expect error: NameError: Array has no 'extend': use append(contentsOf: other)
// expect error: In [1], line 2
// expect error: |        ^~~~~~
