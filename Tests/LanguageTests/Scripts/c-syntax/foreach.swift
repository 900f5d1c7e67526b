let values = [1, 2]
foreach (var x in values) { print(x) }

// expect error: SyntaxError: 'in' asks for nothing here: it belongs to for loops
// expect error: In [1], line 2
// expect error: |                ^~
// expect error: hint: write values.contains(x)
