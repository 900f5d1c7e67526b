let values = [1, 2, 3]
let squares = [x * x for x in values if x > 1]
print(squares)

// expect error: SyntaxError: a list is not written with 'for' inside it
// expect error: In [1], line 2
// expect error: |               ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
// expect error: hint: write let squares = values.filter { x in x > 1 }.map { x in x * x }
