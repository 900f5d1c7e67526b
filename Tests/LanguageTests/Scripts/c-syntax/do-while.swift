var n = 0
do { n += 1 } while (n < 3)

// expect error: SyntaxError: 'do ... while' is 'repeat ... while'
// expect error: In [1], line 2
// expect error: |               ^~~~~
// expect error: hint: write repeat { n += 1 } while (n < 3)
