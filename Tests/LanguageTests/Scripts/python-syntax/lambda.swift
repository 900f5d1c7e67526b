let double = lambda x: x * 2
print(double(4))

// expect error: SyntaxError: 'lambda' is Python: a closure stands in braces
// expect error: In [1], line 1
// expect error: |              ^~~~~~
// expect error: hint: write let double = { x in x * 2 }
