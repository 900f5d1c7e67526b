for index, name in ["a", "b"].enumerated() { print(index, name) }

// expect error: SyntaxError: several names stand in parentheses
// expect error: In [1], line 1
// expect error: |     ^~~~~~~~~~~
// expect error: hint: write for (index, name) in ["a", "b"].enumerated() { print(index, name) }
