struct Point { x: Double }

// expect error: SyntaxError: a property begins with var or let
// expect error: In [1], line 1
// expect error: |                ^
// expect error: hint: write var x: Double
