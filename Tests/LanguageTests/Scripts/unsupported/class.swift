class Counter {
    var count = 0
}

// expect error: UnsupportedError: class is not part of this language
// expect error: In [1], line 1
// expect error: | ^~~~~
// expect error: hint: declare struct Counter: a struct is a value, which its mutating methods change
