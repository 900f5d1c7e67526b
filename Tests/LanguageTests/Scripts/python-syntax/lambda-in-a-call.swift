let values = [3, 1, 2]
print(values.map(lambda x: x + 1))

// expect error: SyntaxError: 'lambda' is Python: a closure stands in braces
// expect error: In [1], line 2
// expect error: |                  ^~~~~~
// expect error: hint: write print(values.map({ x in x + 1 }))
