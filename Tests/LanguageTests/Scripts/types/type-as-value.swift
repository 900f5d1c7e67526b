let values = [Int]

// expect error: TypeError: [Int] is a type, which is no value
// expect error: In [1], line 1
// expect error: |              ^~~~~
// expect error: hint: make a value of it: [Int](), or write [Int].self
