let values = [3, 1, 2]
values.sorted()
print(values) // expect: [3, 1, 2]

// expect warning: the result of 'sorted' is not used
// expect warning: In [1], line 2
// expect warning: | ^~~~~~~~~~~~~~~
// expect warning: hint: sort() changes values itself; sorted() gives a new Array
