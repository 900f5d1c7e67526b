var n = 0
repeat { n += 1 } until (n == 3)

// expect error: SyntaxError: 'until' is not Swift
// expect error: In [1], line 2
// expect error: |                   ^~~~~
// expect error: hint: write while and the opposite: } while !condition
