struct Point { var width = 1, height = 2 }
let p = Point()
print(p.heigth)

// expect error: NameError: Point has no 'heigth'
// expect error: In [1], line 3
// expect error: |         ^~~~~~
// expect error: hint: did you mean .height?
