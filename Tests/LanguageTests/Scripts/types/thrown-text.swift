throw "bad"

// expect error: TypeError: throw needs a value of a type that is an Error, got String
// expect error: In [1], line 1
// expect error: |       ^~~~~
// expect error: hint: declare struct Failure: Error { let message: String }
