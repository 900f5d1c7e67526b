var values = []

// expect error: TypeError: an empty array literal has no type
// expect error: In [1], line 1
// expect error: |              ^~
// expect error: hint: write its type: values: [Int] = []
