int count = 5;
print(count)

// expect error: SyntaxError: a declaration begins with let or var; its type follows the name
// expect error: In [1], line 1
// expect error: | ^~~~~~~~~
// expect error: hint: write let count: Int = 5;
