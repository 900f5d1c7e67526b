let names = ["Ann", "Ben"]
print(names.map(\.count))

// expect error: UnsupportedError: a key path is not part of this language
// expect error: In [1], line 2
// expect error: |                 ^~~~~~~
// expect error: hint: use a closure: { $0.name }
