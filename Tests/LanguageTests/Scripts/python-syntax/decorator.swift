@cache
def slow(n):
    return n

// expect error: SyntaxError: there are no decorators here
// expect error: In [1], line 1
// expect error: | ^~~~~~
// expect error: hint: call the function with the other: name(function)
