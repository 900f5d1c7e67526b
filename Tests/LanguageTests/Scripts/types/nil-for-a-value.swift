let n: Int = nil

// expect error: TypeError: n: nil is no Int
// expect error: In [1], line 1
// expect error: |              ^~~
// expect error: hint: make the type optional: Int?
