with open("notes.txt") as file:
    print(file)

// expect error: SyntaxError: 'with' is Python
// expect error: In [1], line 1
// expect error: | ^~~~
// expect error: hint: leave it out: files close themselves
