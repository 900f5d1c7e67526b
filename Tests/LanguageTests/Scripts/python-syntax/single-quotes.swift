let names = ['Ann', "Ben"]
print(names)

// expect error: SyntaxError: a string stands in double quotes
// expect error: In [1], line 1
// expect error: |              ^~~~~
// expect error: hint: write let names = ["Ann", "Ben"]
