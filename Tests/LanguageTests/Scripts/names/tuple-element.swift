let pair = (first: 1, second: 2)
print(pair.third)

// expect error: NameError: this tuple has no 'third'
// expect error: In [1], line 2
// expect error: |            ^~~~~
// expect error: hint: it has .first .second
