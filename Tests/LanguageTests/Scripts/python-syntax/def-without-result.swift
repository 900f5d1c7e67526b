// Nothing is returned, so the function has no result.
def greet(name: str):
    print(name)
greet("Ann")

// expect error: SyntaxError: 'def' is Python: a function begins with 'func' and names its types
// expect error: In [1], line 2
// expect error: | ^~~
// expect error: hint: write func greet(_ name: String) {
