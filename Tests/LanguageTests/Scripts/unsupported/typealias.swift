typealias Vector = [Double]

// expect error: UnsupportedError: typealias is not part of this language
// expect error: In [1], line 1
// expect error: | ^~~~~~~~~
// expect error: hint: write [Double] where it is used
