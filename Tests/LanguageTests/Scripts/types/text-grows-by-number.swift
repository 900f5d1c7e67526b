var text = "n"
text += 1

// expect error: TypeError: cannot apply '+' to String and Int
// expect error: In [1], line 2
// expect error: | ^~~~~~~~~
// expect error: hint: write "1"
