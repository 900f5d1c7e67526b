let point = new Point(1, 2)

// expect error: SyntaxError: 'new' is not Swift
// expect error: In [1], line 1
// expect error: |             ^~~
// expect error: hint: write let point = Point(1, 2)
