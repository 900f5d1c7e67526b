let values = [1]
values.append(2)

// expect error: TypeError: 'values' is a constant, but 'append' changes it
// expect error: In [1], line 2
// expect error: | ^~~~~~
// expect error: hint: declare it with var values
