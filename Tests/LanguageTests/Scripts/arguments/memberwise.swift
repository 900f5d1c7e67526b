struct Point { var x: Int, y: Int }
let p = Point(1, 2)

// expect error: ArgumentError: Point: this argument needs its label 'x:'
// expect error: In [1], line 2
// expect error: |               ^
// expect error: note: declared as Point(x: Int, y: Int)
// expect error: hint: write Point(x: 1, y: 2)
