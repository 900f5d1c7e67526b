var values = [1]
values.push(2)

// expect error: NameError: Array has no 'push': use append(2)
// expect error: In [1], line 2
// expect error: |        ^~~~
