let n = 3
if n > 2 { break }

// expect error: SyntaxError: 'break' belongs inside a loop or switch
// expect error: In [1], line 2
// expect error: |            ^~~~~
