print(max([1, 2]))

// expect error: ArgumentError: max: the argument 'y' is missing
// expect error: In [1], line 1
// expect error: |       ^~~~~~~~~~~
// expect error: note: declared as max(_ x: Int, _ y: Int) -> Int
// expect error: note: declared as max(_ x: Double, _ y: Double) -> Double
// expect error: note: declared as max(_ x: T, _ y: T, _ rest: T...) -> T
// expect error: hint: write [1, 2].max()
