print("a")
}

// expect error: SyntaxError: this '}' closes nothing
// expect error: In [1], line 2
// expect error: | ^
