struct Point { var x: Int }
let p = Point(x: 1)
p.x = 2

// expect error: TypeError: 'p' is a constant, but it is assigned to
// expect error: In [1], line 3
// expect error: | ^~~
// expect error: hint: declare it with var p
