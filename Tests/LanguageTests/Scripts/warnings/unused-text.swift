var text = "abc"
text.uppercased()
print(text) // expect: abc

// expect warning: the result of 'uppercased' is not used
// expect warning: In [1], line 2
// expect warning: | ^~~~~~~~~~~~~~~~~
// expect warning: hint: write text = text.uppercased()
