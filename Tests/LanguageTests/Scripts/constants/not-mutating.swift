struct Counter {
    var count = 0
    func add() { count += 1 }
}

// expect error: TypeError: 'self' cannot change in a method that is not mutating
// expect error: In [1], line 3
// expect error: |                  ^~~~~
// expect error: hint: write mutating func add
