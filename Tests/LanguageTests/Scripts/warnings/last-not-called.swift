let values = [2, 1]
values.sorted

// expect warning: this names a function without calling it
// expect warning: In [1], line 2
// expect warning: | ^~~~~~~~~~~~~
// expect warning: hint: call it: values.sorted()
