func load() async -> Int { 1 }

// expect error: UnsupportedError: async is not part of this language
// expect error: In [1], line 1
// expect error: |             ^~~~~
// expect error: hint: leave it out: a cell runs in order
