struct Counter {
    var count: Int
    init(count: Int) { count = count }
}

// expect error: TypeError: 'count' is a constant, but it is assigned to
// expect error: In [1], line 3
// expect error: |                        ^~~~~
// expect error: hint: write self.count = ...
