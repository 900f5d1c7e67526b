protocol Shape {
    func area() -> Double
}

// expect error: UnsupportedError: protocol is not part of this language
// expect error: In [1], line 1
// expect error: | ^~~~~~~~
// expect error: hint: write the functions in each struct, or an enum with one case a kind
