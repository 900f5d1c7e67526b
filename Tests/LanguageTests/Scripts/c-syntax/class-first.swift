String name = "Ann";
print(name)

// expect error: SyntaxError: a declaration begins with let or var; its type follows the name
// expect error: In [1], line 1
// expect error: | ^~~~~~~~~~~
// expect error: hint: write let name: String = "Ann"
