from math import sqrt
print(sqrt(2))

// expect error: SyntaxError: there is nothing to import
// expect error: In [1], line 1
// expect error: | ^~~~~~~~~~~~~~~~~~~~~
// expect error: hint: leave it out: sqrt, exp, sin and so on are here
