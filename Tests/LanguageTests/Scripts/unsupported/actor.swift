actor Counter {
    var count = 0
}

// expect error: UnsupportedError: actor is not part of this language
// expect error: In [1], line 1
// expect error: | ^~~~~
// expect error: hint: declare struct Counter: nothing runs beside a cell
