print([1, 2].map { a, b in a })

// expect error: ArgumentError: this closure takes 2 parameters, but is called with 1
// expect error: In [1], line 1
// expect error: |                  ^~~~~~~~~~~~~
