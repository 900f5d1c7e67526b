var i = 0
i++

// expect error: NameError: there is no operator '++'
// expect error: In [1], line 2
// expect error: |  ^~
// expect error: hint: write i += 1
