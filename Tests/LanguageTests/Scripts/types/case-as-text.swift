enum Color { case red, green }
let color: Color = "red"

// expect error: TypeError: color: expected Color, got String
// expect error: In [1], line 2
// expect error: |                    ^~~~~
// expect error: hint: write .red
