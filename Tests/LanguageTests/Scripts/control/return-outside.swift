let n = 3
return n

// expect error: SyntaxError: 'return' belongs inside a function
// expect error: In [1], line 2
// expect error: | ^~~~~~~~
