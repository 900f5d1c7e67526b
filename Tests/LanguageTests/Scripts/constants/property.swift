struct Point { let x: Int }
var p = Point(x: 1)
p.x = 2

// expect error: TypeError: 'x' is a constant of Point, but it is assigned to
// expect error: In [1], line 3
// expect error: | ^~~
// expect error: hint: declare it with var x
