struct Point { let x: Int }
var p = Point(x: 1)
p.x = 2

// expect error: TypeError: 'p.x' cannot change: its type declares it with let
// expect error: In [1], line 3
// expect error: | ^~~
